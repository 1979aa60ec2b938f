package org.rigatino.result;

import static org.rigatino.result.ContentItem.CONTAINS;
import static org.rigatino.result.ContentItem.HAS_CONCEPT_MOD;
import static org.rigatino.result.ContentItem.HAS_OBS_CONTEXT;
import static org.rigatino.result.ContentItem.INFERRED_FROM;
import static org.rigatino.result.ContentItem.SELECTED_FROM;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.finding.Region;
import org.rigatino.image.FrameSpacing;
import org.rigatino.image.PixelSpacing;

/**
 * What was found in the frames of one series, as a Comprehensive 3D SR by TID 1500 "Measurement Report" (PS3.16): a group
 * for each tracked region (TID 1410), and score and percentile of their frames, which have no place in an image, under
 * Derived Imaging Measurements.
 */
final class MeasurementReport {
    static final Code MEASUREMENT_GROUP = Code.dcm("125007", "Measurement Group");
    private static final Code TRACKING_IDENTIFIER = Code.dcm("112039", "Tracking Identifier");
    static final Code TRACKING_UID = Code.dcm("112040", "Tracking Unique Identifier");
    private static final Code FINDING = Code.dcm("121071", "Finding");
    private static final Code DEPARTURE = Code.own("DEPARTURE", "Departure from restored healthy image");
    private static final Code SPREADS = Code.ucum("{SD}", "standard deviations of normal images");

    private static final Code SCORES = Code.ucum("{score}", "score");

    private MeasurementReport() {}

    /**
     * @param source header of one of the instances that the frames are from
     * @param frames of one series, at least one
     * @param tracked regions of the same frames
     * @param segments that hold the same frames, where there are any
     */
    static EncodedObject encode(
            Dataset source,
            List<JudgedFrame> frames,
            TrackedRegions tracked,
            Segments segments,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        List<JudgedFrame> ordered = SliceOrder.of(frames);
        Dataset object =
                ObjectKind.MEASUREMENT_REPORT.begin(source, JudgedFrame.named(ordered), algorithm, configuration);
        // A report that names other objects is another report.
        String sopInstanceUid = Uids.nameBased(
                object.require(Tag.SOPInstanceUID),
                segments.objects().stream().map(EncodedObject::sopInstanceUid).collect(Collectors.joining(" ")));
        object.put(Tag.SOPInstanceUID, sopInstanceUid)
                .put(Tag.InstanceNumber, JudgedFrame.lowestInstanceNumber(ordered))
                .put(Tag.CompletionFlag, "COMPLETE")
                .put(Tag.VerificationFlag, "UNVERIFIED")
                .put(Tag.PreliminaryFlag, "PRELIMINARY")
                .putItems(Tag.ReferencedPerformedProcedureStepSequence, List.of())
                .putItems(Tag.PerformedProcedureCodeSequence, List.of())
                .putItems(
                        Tag.CurrentRequestedProcedureEvidenceSequence,
                        List.of(ReportEvidence.item(ordered, segments.objects())))
                .putItems(Tag.CodingSchemeIdentificationSequence, List.of(Code.privateScheme()));
        root(source, ordered, tracked, segments, algorithm).putInto(object);
        return ObjectKind.MEASUREMENT_REPORT.encode(object);
    }

    private static ContentItem root(
            Dataset source,
            List<JudgedFrame> frames,
            TrackedRegions tracked,
            Segments segments,
            AlgorithmIdentification algorithm) {
        ContentItem root = ContentItem.container(Code.dcm("126000", "Imaging Measurement Report"), "1500")
                .add(HAS_CONCEPT_MOD, ContentItem.english())
                .add(HAS_OBS_CONTEXT, Equipment.observer(algorithm));
        for (Code procedure : AnalysedProcedure.of(source)) {
            root.add(HAS_CONCEPT_MOD, ContentItem.code(AnalysedProcedure.PROCEDURE_REPORTED, procedure));
        }
        return root.add(
                CONTAINS,
                regions(tracked, algorithm),
                images(tracked, segments, algorithm),
                evaluations(frames, tracked));
    }

    /** Regions in a plane, each with its outline: what has none makes some readers stop. */
    private static ContentItem regions(TrackedRegions tracked, AlgorithmIdentification algorithm) {
        ContentItem measurements = ContentItem.container(Code.dcm("126010", "Imaging Measurements"));
        identify(measurements, algorithm);
        for (JudgedFrame frame : tracked.reported()) {
            List<Region> regions = tracked.of(frame);
            for (int rank = 1; rank <= regions.size(); rank++) {
                measurements.add(CONTAINS, region(frame, regions.get(rank - 1), tracked.tracking(frame, rank)));
            }
        }
        return measurements;
    }

    /** What is said of whole images. */
    private static ContentItem images(TrackedRegions tracked, Segments segments, AlgorithmIdentification algorithm) {
        ContentItem derived = ContentItem.container(Code.dcm("126011", "Derived Imaging Measurements"));
        identify(derived, algorithm);
        for (JudgedFrame frame : tracked.reported()) {
            ContentItem score = number(Code.SCORE, frame.finding().score(), SCORES);
            ContentItem percentile = number(Code.PERCENTILE, frame.finding().percentile(), Code.PER_CENT);
            name(score, "Score of " + tracked.image(frame) + joined(frame));
            name(percentile, "Share of normal images that score lower than " + tracked.image(frame) + joined(frame));
            for (ContentItem value : List.of(score, percentile)) {
                value.add(
                        INFERRED_FROM,
                        ContentItem.image(Code.dcm("121112", "Source of Measurement"), frame.sopReference()));
            }
            segments.reference(frame.reference())
                    .ifPresent(segment -> score.add(
                            INFERRED_FROM,
                            ContentItem.image(Code.dcm("121214", "Referenced Segmentation Frame"), segment),
                            ContentItem.image(
                                    Code.dcm("121233", "Source image for segmentation"), frame.sopReference())));
            derived.add(CONTAINS, score, percentile);
        }
        return derived;
    }

    /** What has a part in both values besides their source. */
    private static String joined(JudgedFrame frame) {
        return switch (frame.finding().joinedWith().size()) {
            case 0 -> "";
            case 1 -> ", joined with the slice beside it";
            default -> ", joined with the slices beside it";
        };
    }

    private static void name(ContentItem value, String meaning) {
        value.add(HAS_CONCEPT_MOD, ContentItem.text(Code.dcm("121050", "Equivalent Meaning of Concept Name"), meaning));
    }

    private static ContentItem evaluations(List<JudgedFrame> frames, TrackedRegions tracked) {
        List<JudgedFrame> flagged =
                frames.stream().filter(frame -> frame.finding().flagged()).toList();
        Code assessment = flagged.isEmpty() ? Code.NOT_FLAGGED : Code.FLAGGED;
        String said = flagged.size() + " of " + frames.size() + " images at or above the operating threshold"
                + flagged.stream().map(tracked::image).collect(Collectors.joining(", ", ": ", ""));
        return ContentItem.container(new Code("C0034375", "UMLS", "Qualitative Evaluations"))
                .add(
                        CONTAINS,
                        ContentItem.text(
                                Code.own("WARNING", "Not a diagnostic device"),
                                Equipment.WARNING + ". Made by a machine, not verified by anybody."),
                        ContentItem.code(Code.AGAINST_THRESHOLD, assessment),
                        ContentItem.text(
                                Code.dcm("121106", "Comment"),
                                flagged.isEmpty() ? said.substring(0, said.length() - 2) : said));
    }

    /** TID 1410, Planar ROI Measurements. */
    private static ContentItem region(JudgedFrame frame, Region region, TrackedRegions.Tracking tracking) {
        ContentItem outline = ContentItem.polyline(Code.dcm("111030", "Image Region"), Contours.closed(region))
                .add(SELECTED_FROM, ContentItem.image(null, frame.sopReference()));
        ContentItem group = ContentItem.container(MEASUREMENT_GROUP, "1410")
                .add(
                        HAS_OBS_CONTEXT,
                        ContentItem.text(TRACKING_IDENTIFIER, tracking.identifier()),
                        ContentItem.uidref(TRACKING_UID, tracking.uid()))
                .add(CONTAINS, ContentItem.code(FINDING, DEPARTURE))
                .add(CONTAINS, outline);
        area(frame, region).ifPresent(area -> group.add(CONTAINS, area));
        return group.add(
                CONTAINS,
                number(Code.own("HIGHEST", "Largest departure"), region.highest(), SPREADS),
                number(Code.own("MEAN", "Mean departure"), region.mean(), SPREADS));
    }

    /**
     * Of its pixels in the patient, where the source says how large they are there: of a projection at one depth, which is said
     * (PS3.3 10.7).
     */
    private static Optional<ContentItem> area(JudgedFrame frame, Region region) {
        Dataset source = frame.attributes();
        Optional<PixelSpacing> spacing = frame.spacing();
        String depth = source.string(Tag.PixelSpacingCalibrationType)
                .map(type -> "Pixel Spacing is calibrated for (" + type + ")")
                .orElse(
                        FrameSpacing.atDetector(source).isPresent()
                                ? "Pixel Spacing, which is not the detector's, is for"
                                : "");
        if (spacing.isEmpty()) {
            spacing = FrameSpacing.byMagnification(source);
            depth = "Estimated Radiographic Magnification Factor "
                    + source.string(Tag.EstimatedRadiographicMagnificationFactor)
                            .orElse("") + " is for";
        }
        Optional<ContentItem> area = spacing.map(each -> number(
                Code.sct("42798000", "Area"),
                region.pixels() * each.betweenRows() * each.betweenColumns(),
                Code.ucum("mm2", "square millimeter")));
        if (!depth.isEmpty()) {
            String at = "Area at the depth that the source's " + depth;
            area.ifPresent(item -> name(item, at));
        }
        return area;
    }

    /** TID 4019, Algorithm Identification. */
    private static void identify(ContentItem container, AlgorithmIdentification algorithm) {
        container.add(
                HAS_CONCEPT_MOD,
                ContentItem.text(Code.ALGORITHM_NAME, algorithm.name()),
                ContentItem.text(Code.ALGORITHM_VERSION, algorithm.version()),
                ContentItem.text(Code.ALGORITHM_PARAMETERS, algorithm.digest()));
    }

    private static ContentItem number(Code name, double value, Code unit) {
        return ContentItem.num(name, Decimal.of(value), unit);
    }
}
