package org.rigatino.dicom;

/** SOP class and well-known SOP instance UIDs (PS3.6 table A-1) that Rigatino names. */
public final class SopClass {
    public static final String VERIFICATION = "1.2.840.10008.1.1";
    public static final String STORAGE_COMMITMENT_PUSH_MODEL = "1.2.840.10008.1.20.1";
    public static final String INSTANCE_AVAILABILITY_NOTIFICATION = "1.2.840.10008.5.1.4.33";
    public static final String STUDY_ROOT_FIND = "1.2.840.10008.5.1.4.1.2.2.1";
    public static final String SECONDARY_CAPTURE_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.7";
    public static final String MULTI_FRAME_TRUE_COLOR_SECONDARY_CAPTURE_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.7.4";

    public static final String COMPUTED_RADIOGRAPHY_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.1";
    public static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
    public static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";
    public static final String SEGMENTATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.4";
    public static final String COMPREHENSIVE_SR_STORAGE = "1.2.840.10008.5.1.4.1.1.88.33";
    public static final String GRAYSCALE_SOFTCOPY_PRESENTATION_STATE_STORAGE = "1.2.840.10008.5.1.4.1.1.11.1";

    static final String STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE = "1.2.840.10008.1.20.1.1";

    private static final String STORAGE_ROOT = "1.2.840.10008.5.1.4.1.1.";

    private SopClass() {}

    /**
     * Every SOP class of the Storage Service Class (PS3.4 table B.5-1), retired and future ones included: the standard
     * gives them all this root. Private SOP classes have none and are not among them.
     */
    public static boolean isStorage(String uid) {
        return uid.startsWith(STORAGE_ROOT) && Uids.isValid(uid);
    }
}
