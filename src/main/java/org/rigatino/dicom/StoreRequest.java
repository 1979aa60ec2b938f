package org.rigatino.dicom;

/**
 * What a C-STORE request says of the dataset that follows it. The UIDs are as received: unchecked.
 *
 * @param onRequest whether the peer may send only studies that it was asked for
 */
public record StoreRequest(
        String callingAeTitle, String sopClassUid, String sopInstanceUid, String transferSyntaxUid, boolean onRequest) {
    /** Of a peer that may send any study. */
    public StoreRequest(String callingAeTitle, String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
        this(callingAeTitle, sopClassUid, sopInstanceUid, transferSyntaxUid, false);
    }
}
