package org.rigatino.deliver;

import java.net.URI;

/** How a destination is spoken to. */
public enum DestinationKind {
    /** C-STORE over associations, proved by storage commitment or C-FIND. */
    DICOM("C-STORE"),
    /** STOW-RS over HTTP, proved by QIDO-RS. */
    DICOMWEB("STOW-RS");

    private final String storing;

    DestinationKind(String storing) {
        this.storing = storing;
    }

    /** What an object is sent by. */
    String storing() {
        return storing;
    }

    public static DestinationKind of(DeliverConfiguration.Destination destination) {
        return destination.url().isPresent() ? DICOMWEB : DICOM;
    }

    /** Who is where, in the words of {@link org.rigatino.dicom.RemoteNode} and of the DICOMweb service that it comes to. */
    public static String place(DeliverConfiguration.Destination destination) {
        return destination
                .url()
                .map(URI::toString)
                .orElseGet(() -> destination.aeTitle().orElseThrow() + " at "
                        + destination.host().orElseThrow() + ":" + destination.port());
    }

    /** The proof that is configured, or the kind's own. */
    public static DeliverConfiguration.Proof proof(DeliverConfiguration.Destination destination) {
        return destination
                .commitment()
                .orElse(
                        of(destination) == DICOM
                                ? DeliverConfiguration.Proof.STORAGE_COMMITMENT
                                : DeliverConfiguration.Proof.QUERY);
    }
}
