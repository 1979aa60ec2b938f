package org.rigatino.dicom;

/**
 * What a C-STORE request says of the dataset that follows it. The UIDs are as received: unchecked.
 *
 * @param remoteAddress the peer's IP address in text form
 */
public record StoreRequest(
        String callingAeTitle,
        String calledAeTitle,
        String remoteAddress,
        String sopClassUid,
        String sopInstanceUid,
        String transferSyntaxUid) {}
