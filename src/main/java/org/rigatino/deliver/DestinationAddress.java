package org.rigatino.deliver;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.DeliverConfiguration.Proof;
import org.rigatino.dicom.AeTitle;

/** Where destinations are and as whom they are spoken to, looked at before anything starts. No message says a secret. */
final class DestinationAddress {
    private static final String PREFIX = "rigatino.deliver.destinations.";

    private DestinationAddress() {}

    /** @throws IllegalArgumentException that names the property */
    static void check(String name, Destination destination) {
        if (DestinationKind.of(destination) == DestinationKind.DICOM) {
            checkDicom(PREFIX + name, destination);
        } else {
            checkDicomweb(PREFIX + name, destination);
        }
    }

    private static void checkDicom(String setting, Destination destination) {
        if (destination.host().isEmpty() || destination.aeTitle().isEmpty()) {
            throw DestinationReason.INCOMPLETE.wrong(setting);
        }
        checkHost(setting, destination.host().get());
        checkPort(setting, destination.port());
        String title = destination.aeTitle().get();
        if (!AeTitle.isValid(title)) {
            throw DestinationReason.NO_AE_TITLE.wrong(setting, title);
        }
        credentials(destination).forEach((key, value) -> {
            if (value.isPresent()) {
                throw new IllegalArgumentException(setting + key + " is for DICOMweb, and " + setting
                        + ".url is not there: set it, or take this out");
            }
        });
    }

    private static void checkHost(String setting, String host) {
        if (host.length() > 255 || !host.chars().allMatch(c -> c > 0x20 && c != 0x7f)) {
            throw DestinationReason.NO_HOST.wrong(setting);
        }
    }

    /** In the words of the annotations of {@link Destination#port}, which hold for files. */
    private static void checkPort(String setting, int port) {
        if (port < 1) {
            throw DestinationReason.PORT_TOO_SMALL.wrong(setting);
        }
        if (port > 65535) {
            throw DestinationReason.PORT_TOO_LARGE.wrong(setting);
        }
    }

    private static void checkDicomweb(String setting, Destination destination) {
        URI url = destination.url().orElseThrow();
        if (destination.host().isPresent() || destination.aeTitle().isPresent()) {
            throw new IllegalArgumentException(
                    setting + " has .url, and .host or .ae-title: STOW-RS needs the one, C-STORE the others");
        }
        DicomwebServices.check(setting, url, destination, destination.tls());
        if (destination.commitment().equals(Optional.of(Proof.STORAGE_COMMITMENT))) {
            throw new IllegalArgumentException(
                    setting + ".commitment is storage-commitment, which DICOMweb does not have: query is QIDO-RS");
        }
    }

    /** For who delivers: files with secrets need not be there for others. */
    static void checkCredentials(String name, Destination destination) {
        try {
            DicomwebServices.credentials(destination).authorization();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + name + ": " + e.getMessage());
        }
    }

    private static Map<String, Optional<?>> credentials(Destination destination) {
        return new TreeMap<>(Map.of(
                ".token", destination.token(),
                ".token-file", destination.tokenFile(),
                ".user", destination.user(),
                ".password", destination.password(),
                ".password-file", destination.passwordFile()));
    }
}
