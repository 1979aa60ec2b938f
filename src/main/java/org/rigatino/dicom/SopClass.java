package org.rigatino.dicom;

import java.util.Set;

/** SOP class and well-known SOP instance UIDs (PS3.6 table A-1) that Rigatino names. */
public final class SopClass {
    public static final String VERIFICATION = "1.2.840.10008.1.1";
    public static final String STORAGE_COMMITMENT_PUSH_MODEL = "1.2.840.10008.1.20.1";
    public static final String INSTANCE_AVAILABILITY_NOTIFICATION = "1.2.840.10008.5.1.4.33";
    public static final String MODALITY_PERFORMED_PROCEDURE_STEP = "1.2.840.10008.3.1.2.3.3";
    public static final String STUDY_ROOT_FIND = "1.2.840.10008.5.1.4.1.2.2.1";
    public static final String STUDY_ROOT_MOVE = "1.2.840.10008.5.1.4.1.2.2.2";
    public static final String SECONDARY_CAPTURE_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.7";
    public static final String MULTI_FRAME_TRUE_COLOR_SECONDARY_CAPTURE_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.7.4";

    public static final String COMPUTED_RADIOGRAPHY_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.1";
    public static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
    public static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";
    public static final String PARAMETRIC_MAP_STORAGE = "1.2.840.10008.5.1.4.1.1.30";
    public static final String SEGMENTATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.4";
    public static final String COMPREHENSIVE_3D_SR_STORAGE = "1.2.840.10008.5.1.4.1.1.88.34";
    public static final String KEY_OBJECT_SELECTION_DOCUMENT_STORAGE = "1.2.840.10008.5.1.4.1.1.88.59";
    public static final String GRAYSCALE_SOFTCOPY_PRESENTATION_STATE_STORAGE = "1.2.840.10008.5.1.4.1.1.11.1";

    static final String STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE = "1.2.840.10008.1.20.1.1";

    private static final String STORAGE_ROOT = "1.2.840.10008.5.1.4.1.1.";

    /** RT Beams Delivery Instruction, as on trial and as standard, and RT Brachy Application Setup Delivery Instruction. */
    private static final Set<String> STORAGE_ELSEWHERE =
            Set.of("1.2.840.10008.5.1.4.34.1", "1.2.840.10008.5.1.4.34.7", "1.2.840.10008.5.1.4.34.10");

    /** By what follows the root. */
    private static final Set<String> PROJECTIONS_AND_CAPTURES = Set.of(
            "1", // Computed Radiography
            "1.1", // Digital X-Ray, for presentation
            "1.1.1", // Digital X-Ray, for processing
            "1.2", // Digital Mammography, for presentation
            "1.2.1", // Digital Mammography, for processing
            "1.3", // Digital Intra-Oral X-Ray, for presentation
            "1.3.1", // Digital Intra-Oral X-Ray, for processing
            "12.1", // X-Ray Angiographic
            "12.2", // X-Ray Radiofluoroscopic
            "7", // Secondary Capture
            "7.1", // Multi-frame Single Bit Secondary Capture
            "7.2", // Multi-frame Grayscale Byte Secondary Capture
            "7.3", // Multi-frame Grayscale Word Secondary Capture
            "7.4"); // Multi-frame True Color Secondary Capture

    /** By what follows the root: those whose IOD has the Multi-frame Functional Groups Module as mandatory (PS3.3 A). */
    private static final Set<String> WITH_FUNCTIONAL_GROUPS = Set.of(
            "2.1", // Enhanced CT
            "2.2", // Legacy Converted Enhanced CT
            "4.1", // Enhanced MR
            "4.2", // MR Spectroscopy
            "4.3", // Enhanced MR Color
            "4.4", // Legacy Converted Enhanced MR
            "6.2", // Enhanced US Volume
            "6.3", // Photoacoustic
            "12.1.1", // Enhanced XA
            "12.2.1", // Enhanced XRF
            "13.1.1", // X-Ray 3D Angiographic
            "13.1.2", // X-Ray 3D Craniofacial
            "13.1.3", // Breast Tomosynthesis
            "13.1.4", // Breast Projection X-Ray, for presentation
            "13.1.5", // Breast Projection X-Ray, for processing
            "14.1", // Intravascular Optical Coherence Tomography, for presentation
            "14.2", // Intravascular Optical Coherence Tomography, for processing
            "30", // Parametric Map
            "66.4", // Segmentation
            "66.7", // Label Map Segmentation
            "66.8", // Height Map Segmentation
            "77.1.5.4", // Ophthalmic Tomography
            "77.1.5.8", // Ophthalmic OCT B-scan Volume Analysis
            "77.1.6", // VL Whole Slide Microscopy
            "77.1.8", // Confocal Microscopy
            "77.1.9", // Confocal Microscopy Tiled Pyramidal
            "128.1", // Legacy Converted Enhanced PET
            "130", // Enhanced PET
            "481.23", // Enhanced RT Image
            "481.24"); // Enhanced Continuous RT Image

    private SopClass() {}

    /**
     * The SOP classes of the Storage Service Class (PS3.4 table B.5-1), retired ones included and future ones as long as
     * they have the root that all but a few have. Private SOP classes are not among them.
     */
    public static boolean isStorage(String uid) {
        return (uid.startsWith(STORAGE_ROOT) || STORAGE_ELSEWHERE.contains(uid)) && Uids.isValid(uid);
    }

    /**
     * Whether Pixel Spacing is of the Basic Pixel Spacing Calibration Macro (PS3.3 10.7), which is not of the patient unless it
     * is calibrated: projections, and captures of anything.
     */
    public static boolean isProjectionOrCapture(String uid) {
        return uid.startsWith(STORAGE_ROOT) && PROJECTIONS_AND_CAPTURES.contains(uid.substring(STORAGE_ROOT.length()));
    }

    /** Whether what holds for a frame is said by functional groups (PS3.3 C.7.6.16) and by nothing else. */
    static boolean hasFunctionalGroups(String uid) {
        return uid.startsWith(STORAGE_ROOT) && WITH_FUNCTIONAL_GROUPS.contains(uid.substring(STORAGE_ROOT.length()));
    }

    /** Multi-frame Secondary Capture, where the module is optional (PS3.3 A.8.2 to A.8.5). */
    static boolean mayHaveFunctionalGroups(String uid) {
        return uid.startsWith(SECONDARY_CAPTURE_IMAGE_STORAGE + ".");
    }
}
