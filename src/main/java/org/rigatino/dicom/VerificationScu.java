package org.rigatino.dicom;

/** Verification Service Class user (PS3.4 annex A). */
public final class VerificationScu {
    private VerificationScu() {}

    /** Returns where the peer answered C-ECHO with 0000H. */
    public static void echo(RemoteNode node) throws DicomException {
        throw new UnsupportedOperationException();
    }
}
