package org.rigatino.dicom;

/** The peer answered A-ASSOCIATE-RJ (PS3.8 9.3.4). */
public final class AssociationRejectedException extends AssociationException {
    private final Rejection rejection;

    AssociationRejectedException(String peer, Rejection rejection) {
        super(peer + " rejected the association: " + rejection);
        this.rejection = rejection;
    }

    /** Whether the peer says that a later attempt may succeed. */
    public boolean isTransient() {
        return rejection.result() == 2;
    }
}
