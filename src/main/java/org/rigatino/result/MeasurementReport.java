package org.rigatino.result;

import static org.rigatino.result.ContentItem.CONTAINS;
import static org.rigatino.result.ContentItem.HAS_CONCEPT_MOD;
import static org.rigatino.result.ContentItem.HAS_OBS_CONTEXT;
import static org.rigatino.result.ContentItem.SELECTED_FROM;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.finding.Region;

/**
 * What was found in the frames of one series, as a Comprehensive SR by TID 1500 "Measurement Report" (PS3.16): a group
 * for every flagged frame and for the one that ranks highest (TID 1501), and for each of their regions (TID 1410).
 */
final class MeasurementReport {
    /** Regions of a frame that are measured, the most abnormal first; the Segmentation has all. */
    private static final int MOST_REGIONS = 10;

    private static final Code MEASUREMENT_GROUP = Code.dcm("125007", "Measurement Group");
    private static final Code TRACKING_IDENTIFIER = Code.dcm("112039", "Tracking Identifier");
    private static final Code TRACKING_UID = Code.dcm("112040", "Tracking Unique Identifier");
    private static final Code FINDING = Code.dcm("121071", "Finding");
    private static final Code DEPARTURE = Code.own("DEPARTURE", "Departure from restored healthy image");
    private static final Code SPREADS = Code.ucum("{SD}", "standard deviations of normal images");

    private MeasurementReport() {}

    /**
     * @param source header of one of the instances that the frames are from
     * @param frames of one series, at least one
     * @param segments that hold the same frames, where there are any
     */
    static EncodedObject encode(
            Dataset source,
            List<JudgedFrame> frames,
            Segments segments,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        List<JudgedFrame> ordered = SliceOrder.of(frames);
        Dataset object =
                ObjectKind.MEASUREMENT_REPORT.begin(source, JudgedFrame.references(ordered), algorithm, configuration);
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
                .putItems(
                        Tag.CodingSchemeIdentificationSequence,
                        List.of(new Dataset()
                                .put(Tag.CodingSchemeDesignator, Code.PRIVATE_SCHEME)
                                .put(Tag.CodingSchemeName, "Rigatino's own codes")
                                .put(Tag.CodingSchemeResponsibleOrganization, Equipment.MANUFACTURER)));
        Dataset tree = root(ordered, segments, algorithm).dataset();
        object.copy(
                tree,
                Tag.ValueType,
                Tag.ConceptNameCodeSequence,
                Tag.ContinuityOfContent,
                Tag.ContentTemplateSequence,
                Tag.ContentSequence);
        return ObjectKind.MEASUREMENT_REPORT.encode(object);
    }

    private static ContentItem root(List<JudgedFrame> frames, Segments segments, AlgorithmIdentification algorithm) {
        ContentItem measurements = ContentItem.container(Code.dcm("126010", "Imaging Measurements"));
        for (JudgedFrame frame : reported(frames)) {
            measurements.add(CONTAINS, image(frame, segments, algorithm));
            frame.regions().stream()
                    .limit(MOST_REGIONS)
                    .forEach(region -> measurements.add(CONTAINS, region(frame, region, algorithm)));
        }
        return ContentItem.container(Code.dcm("126000", "Imaging Measurement Report"), "1500")
                .add(
                        HAS_CONCEPT_MOD,
                        ContentItem.code(
                                Code.dcm("121049", "Language of Content Item and Descendants"),
                                new Code("en", "RFC5646", "English")))
                .add(HAS_OBS_CONTEXT, observer(algorithm))
                .add(
                        HAS_CONCEPT_MOD,
                        ContentItem.code(
                                Code.dcm("121058", "Procedure reported"), Code.sct("363679005", "Imaging procedure")))
                .add(CONTAINS, measurements);
    }

    private static List<JudgedFrame> reported(List<JudgedFrame> frames) {
        JudgedFrame highest = frames.stream()
                .max(Comparator.comparingDouble(frame -> frame.finding().score()))
                .orElseThrow();
        return frames.stream()
                .filter(frame -> frame.finding().flagged() || frame == highest)
                .toList();
    }

    /** TID 1004, Device Observer Identifying Attributes. */
    private static ContentItem[] observer(AlgorithmIdentification algorithm) {
        return new ContentItem[] {
            ContentItem.code(Code.dcm("121005", "Observer Type"), Code.dcm("121007", "Device")),
            ContentItem.uidref(Code.dcm("121012", "Device Observer UID"), Equipment.deviceUid(algorithm)),
            ContentItem.text(Code.dcm("121013", "Device Observer Name"), Equipment.AE_TITLE),
            ContentItem.text(Code.dcm("121014", "Device Observer Manufacturer"), Equipment.MANUFACTURER),
            ContentItem.text(Code.dcm("121015", "Device Observer Model Name"), algorithm.name()),
            ContentItem.text(Code.dcm("121016", "Device Observer Serial Number"), Equipment.serialNumber(algorithm)),
        };
    }

    /** TID 1501: the frame's score, its percentile among normal images, and whether that passes the threshold. */
    private static ContentItem image(JudgedFrame frame, Segments segments, AlgorithmIdentification algorithm) {
        String place =
                frame.reference().sopInstanceUid() + " " + frame.reference().frameNumber();
        Code flagged = frame.finding().flagged()
                ? Code.own("FLAGGED", "At or above the operating threshold")
                : Code.own("NOT_FLAGGED", "Below the operating threshold");
        ContentItem group = group("image", place, algorithm)
                .add(CONTAINS, ContentItem.code(FINDING, DEPARTURE))
                .add(CONTAINS, ContentItem.image(Code.dcm("121112", "Source of Measurement"), frame.sopReference()));
        segments.reference(frame.reference())
                .ifPresent(segment -> group.add(
                        CONTAINS, ContentItem.image(Code.dcm("121214", "Referenced Segmentation Frame"), segment)));
        return group.add(
                        CONTAINS,
                        number(Code.SCORE, frame.finding().score(), Code.NO_UNITS),
                        number(Code.PERCENTILE, frame.finding().percentile(), Code.PER_CENT))
                .add(CONTAINS, ContentItem.code(Code.own("ASSESSMENT", "Against the operating threshold"), flagged));
    }

    /** TID 1410, Planar ROI Measurements. */
    private static ContentItem region(JudgedFrame frame, Region region, AlgorithmIdentification algorithm) {
        String place =
                frame.reference().sopInstanceUid() + " " + frame.reference().frameNumber() + " " + region.label();
        ContentItem outline = ContentItem.polyline(Code.dcm("111030", "Image Region"), Contours.closed(region))
                .add(SELECTED_FROM, ContentItem.image(null, frame.sopReference()));
        ContentItem group = group("region " + region.label(), place, algorithm)
                .add(CONTAINS, ContentItem.code(FINDING, DEPARTURE))
                .add(CONTAINS, outline);
        area(frame, region).ifPresent(area -> group.add(CONTAINS, area));
        return group.add(
                CONTAINS,
                number(Code.own("HIGHEST", "Largest departure"), region.highest(), SPREADS),
                number(Code.own("MEAN", "Mean departure"), region.mean(), SPREADS));
    }

    /** Of its pixels; absent where the source does not say how large they are. */
    private static Optional<ContentItem> area(JudgedFrame frame, Region region) {
        return frame.spacing()
                .map(spacing -> number(
                        Code.sct("42798000", "Area"),
                        region.pixels() * spacing.betweenRows() * spacing.betweenColumns(),
                        Code.ucum("mm2", "square millimeter")));
    }

    private static ContentItem group(String tracking, String place, AlgorithmIdentification algorithm) {
        return ContentItem.container(MEASUREMENT_GROUP)
                .add(
                        HAS_OBS_CONTEXT,
                        ContentItem.text(TRACKING_IDENTIFIER, tracking),
                        ContentItem.uidref(TRACKING_UID, Uids.nameBased("tracking", place, algorithm.digest())))
                .add(
                        HAS_CONCEPT_MOD,
                        ContentItem.text(Code.ALGORITHM_NAME, algorithm.name()),
                        ContentItem.text(Code.ALGORITHM_VERSION, algorithm.version()),
                        ContentItem.text(Code.ALGORITHM_PARAMETERS, algorithm.digest()));
    }

    private static ContentItem number(Code name, double value, Code unit) {
        String decimal = new BigDecimal(value)
                .setScale(3, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
        return ContentItem.num(name, decimal, unit);
    }
}
