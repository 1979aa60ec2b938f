package org.rigatino.result;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.SopClass;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;
import org.rigatino.image.FrameReference;

/**
 * Kinds of objects: made from findings, of one frame or of a whole source series, from what people say of findings, and of what
 * does not hold any more.
 */
public enum ObjectKind {
    SECONDARY_CAPTURE("secondary capture", SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "OT", 0),
    /** In the source's modality; its SOP class is the source's or Secondary Capture. */
    RESTORED_IMAGE("restored image", SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "OT", 50_000),
    SEGMENTATION("segmentation", SopClass.SEGMENTATION_STORAGE, "SEG", 10_000),
    PROBABILITY_MAP("probability map", SopClass.SEGMENTATION_STORAGE, "SEG", 20_000),
    MEASUREMENT_REPORT("measurement report", SopClass.COMPREHENSIVE_3D_SR_STORAGE, "SR", 30_000),
    PRESENTATION_STATE("presentation state", SopClass.GRAYSCALE_SOFTCOPY_PRESENTATION_STATE_STORAGE, "PR", 40_000),
    TRIPTYCH("triptych", SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "OT", 60_000),
    /** Overlays of a series as frames. */
    MULTI_FRAME_SECONDARY_CAPTURE(
            "overlays", SopClass.MULTI_FRAME_TRUE_COLOR_SECONDARY_CAPTURE_IMAGE_STORAGE, "OT", 70_000),
    /** Triptychs of a series as frames. */
    MULTI_FRAME_TRIPTYCH("triptychs", SopClass.MULTI_FRAME_TRUE_COLOR_SECONDARY_CAPTURE_IMAGE_STORAGE, "OT", 80_000),
    /** In the source's modality. */
    PARAMETRIC_MAP("parametric map", SopClass.PARAMETRIC_MAP_STORAGE, "OT", 100_000),
    /** Of a series without flagged frames there is none. */
    KEY_OBJECT_SELECTION("key objects", SopClass.KEY_OBJECT_SELECTION_DOCUMENT_STORAGE, "KO", 90_000),
    /** What a person said of a finding, after the study's own objects; see {@link AssessmentReport}. */
    ASSESSMENT("assessment", SopClass.COMPREHENSIVE_3D_SR_STORAGE, "SR", 110_000),
    /** What a later analysis superseded, after that is proved to be there; see {@link RejectionNote}. */
    REJECTION_NOTE("rejection note", SopClass.KEY_OBJECT_SELECTION_DOCUMENT_STORAGE, "KO", 120_000);

    private final String title;
    final String sopClassUid;
    final String modality;
    final int seriesNumberOffset;

    ObjectKind(String title, String sopClassUid, String modality, int seriesNumberOffset) {
        this.title = title;
        this.sopClassUid = sopClassUid;
        this.modality = modality;
        this.seriesNumberOffset = seriesNumberOffset;
    }

    /** Those that are made from findings alone. */
    public static Set<ObjectKind> ofFindings() {
        return EnumSet.complementOf(EnumSet.of(ASSESSMENT, REJECTION_NOTE));
    }

    /** Whether it is made from findings, with its study; what is made later decides nothing of the study. */
    public boolean isOfStudy() {
        return this != ASSESSMENT && this != REJECTION_NOTE;
    }

    /** Whether an object holds frames of a whole series, not one. */
    public boolean isOfSeries() {
        return this != SECONDARY_CAPTURE && this != RESTORED_IMAGE && this != TRIPTYCH && isOfStudy();
    }

    /** As settings and commands name it: {@code measurement-report} for {@link #MEASUREMENT_REPORT}. */
    public String configurationName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** First words of Series Description (0008,103E). */
    String heading() {
        return switch (this) {
            case SECONDARY_CAPTURE -> "Overlay";
            case SEGMENTATION -> "Segmentation";
            case PROBABILITY_MAP -> "Strength map";
            case PARAMETRIC_MAP -> "Departure map";
            case MEASUREMENT_REPORT -> "Report";
            case PRESENTATION_STATE -> "Outlines";
            case KEY_OBJECT_SELECTION -> "Key images";
            case RESTORED_IMAGE -> "RESTORED";
            case TRIPTYCH -> "Triptych";
            case MULTI_FRAME_SECONDARY_CAPTURE -> "Overlays";
            case MULTI_FRAME_TRIPTYCH -> "Triptychs";
            case ASSESSMENT -> "Assessment";
            case REJECTION_NOTE -> "Rejection";
        };
    }

    /** Whether objects of this kind have to be made for what is asked: as such, or as the frames of another. */
    public boolean isNeededFor(Set<ObjectKind> asked) {
        return asked.contains(this) || asked.stream().anyMatch(kind -> kind.frames() == this);
    }

    /** What the frames of a multi-frame capture are, kept as objects of their own; null for other kinds. */
    ObjectKind frames() {
        return switch (this) {
            case MULTI_FRAME_SECONDARY_CAPTURE -> SECONDARY_CAPTURE;
            case MULTI_FRAME_TRIPTYCH -> TRIPTYCH;
            default -> null;
        };
    }

    /**
     * Patient, study, series and equipment. The same frames, joined with the same, model and configuration have the same UIDs.
     *
     * @param source header of one of the instances that the frames are from
     * @param frames at least one
     */
    Dataset begin(
            Dataset source,
            List<NamedFrame> frames,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        Dataset object = new Dataset();
        SourceAttributes.patientAndStudy(source, object);
        Equipment.put(object, algorithm);
        datedAtLeast(object);
        return object.put(Tag.SOPClassUID, sopClassUid)
                .put(Tag.SOPInstanceUID, sopInstanceUid(frames, algorithm, configuration))
                .put(Tag.SeriesInstanceUID, seriesInstanceUid(frames.get(0).reference(), algorithm, configuration))
                .put(Tag.Modality, modality)
                .put(Tag.SeriesDescription, Equipment.seriesDescription(algorithm, heading()))
                .put(
                        Tag.SeriesNumber,
                        configuration.seriesNumberBase()
                                + seriesNumberOffset
                                + Math.floorMod(SourceAttributes.number(source, Tag.SeriesNumber), 10_000));
    }

    /** Content Date and Time are Type 1 here; a source without any date at all gets one that nobody takes for real. */
    private static void datedAtLeast(Dataset object) {
        if (object.string(Tag.ContentDate).isEmpty()) {
            object.put(Tag.ContentDate, "19000101");
        }
        if (object.string(Tag.ContentTime).isEmpty()) {
            object.put(Tag.ContentTime, "000000");
        }
    }

    String sopInstanceUid(
            List<NamedFrame> frames, AlgorithmIdentification algorithm, ResultConfiguration configuration) {
        StringBuilder references = new StringBuilder();
        for (NamedFrame frame : frames) {
            references.append(frame.text()).append('\n');
        }
        return Uids.nameBased(title, references.toString(), algorithm.digest(), configurationDigest(configuration));
    }

    /** Of what is in an object: a new {@link #form} makes new objects in the same series. */
    String configurationDigest(ResultConfiguration configuration) {
        String digest = ConfigurationDigest.of(configuration);
        return form() == 0 ? digest : digest + "\nform " + form();
    }

    /** Raised with every change to what objects of the kind say, where those of other kinds stay: {@link ConfigurationDigest} is of all. */
    private int form() {
        return switch (this) {
            case SEGMENTATION, MEASUREMENT_REPORT -> 3;
            case PROBABILITY_MAP,
                    PARAMETRIC_MAP,
                    PRESENTATION_STATE,
                    MULTI_FRAME_SECONDARY_CAPTURE,
                    MULTI_FRAME_TRIPTYCH -> 2;
            case SECONDARY_CAPTURE, RESTORED_IMAGE, TRIPTYCH, KEY_OBJECT_SELECTION -> 1;
            case ASSESSMENT, REJECTION_NOTE -> 0;
        };
    }

    private String seriesInstanceUid(
            FrameReference frame, AlgorithmIdentification algorithm, ResultConfiguration configuration) {
        return Uids.nameBased(
                title + " series",
                frame.studyInstanceUid(),
                frame.seriesInstanceUid(),
                algorithm.digest(),
                ConfigurationDigest.of(configuration));
    }

    EncodedObject encode(Dataset object) throws DicomException {
        return encoded(object, object.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, Equipment.AE_TITLE));
    }

    EncodedObject encoded(Dataset object, byte[] file) throws DicomException {
        return new EncodedObject(
                this,
                object.require(Tag.SOPInstanceUID),
                object.require(Tag.SOPClassUID),
                object.require(Tag.SeriesInstanceUID),
                file);
    }
}
