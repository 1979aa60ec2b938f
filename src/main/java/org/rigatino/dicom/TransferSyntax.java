package org.rigatino.dicom;

import java.util.Set;

/** Transfer syntax UIDs (PS3.6 table A-1) that Rigatino names. */
public final class TransferSyntax {
    public static final String IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";
    public static final String EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    public static final String DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1.99";
    public static final String EXPLICIT_VR_BIG_ENDIAN = "1.2.840.10008.1.2.2";

    private static final String ROOT = "1.2.840.10008.1.2";

    /** Pixels are elsewhere (JPIP), or the dataset is not binary DICOM (MIME, XML), or it is a live stream (SMPTE). */
    private static final Set<String> NOT_WHOLE = Set.of(
            "1.2.840.10008.1.2.4.94",
            "1.2.840.10008.1.2.4.95",
            "1.2.840.10008.1.2.4.204",
            "1.2.840.10008.1.2.4.205",
            "1.2.840.10008.1.2.6.1",
            "1.2.840.10008.1.2.6.2",
            "1.2.840.10008.1.2.7.1",
            "1.2.840.10008.1.2.7.2",
            "1.2.840.10008.1.2.7.3");

    private TransferSyntax() {}

    /** Every transfer syntax of the standard, future ones included, whose datasets hold their pixels. */
    public static boolean isStorable(String uid) {
        return (uid.equals(ROOT) || uid.startsWith(ROOT + ".")) && Uids.isValid(uid) && !NOT_WHOLE.contains(uid);
    }

    /** Little Endian and neither compressed nor deflated: what messages other than C-STORE are exchanged in. */
    static boolean isPlain(String uid) {
        return uid.equals(IMPLICIT_VR_LITTLE_ENDIAN) || uid.equals(EXPLICIT_VR_LITTLE_ENDIAN);
    }
}
