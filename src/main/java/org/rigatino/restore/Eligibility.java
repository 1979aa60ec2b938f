package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * What a release may be shown. An attribute that a rule asks for and that is absent refuses the image, body part
 * excepted: there the descriptions may say it. Patterns are regular expressions, found anywhere, in any case.
 *
 * @param modality any of these
 * @param photometricInterpretation any of these
 * @param minimumSize of rows and of columns, in pixels
 * @param excludedImageType no value of Image Type is any of these
 * @param bodyPart Body Part Examined is any of these
 * @param bodyPartDescription where Body Part Examined is absent: pattern for Study Description, Series Description or
 *     Protocol Name; null refuses the absence
 * @param seriesDescription pattern for Series Description or Protocol Name; null asks nothing
 * @param excludedSeriesDescription pattern that neither may match; null asks nothing
 * @param plane null asks nothing
 * @param toleranceDegrees from {@code plane}
 * @param minimumForeground share of the frame's pixels that its largest bright region covers
 * @param viewPosition any of these; null or empty asks nothing. Where it is asked for, a frontal view that Patient
 *     Orientation says is turned or mirrored is refused
 * @param age null asks nothing
 */
public record Eligibility(
        List<String> modality,
        List<String> photometricInterpretation,
        int minimumSize,
        List<String> excludedImageType,
        List<String> bodyPart,
        String bodyPartDescription,
        String seriesDescription,
        String excludedSeriesDescription,
        Plane plane,
        double toleranceDegrees,
        double minimumForeground,
        List<String> viewPosition,
        AgeRange age) {

    /** Nothing is eligible. */
    public static final Eligibility NONE = new Eligibility(
            List.of(), List.of(), 0, List.of(), List.of(), null, null, null, null, 0, 0, List.of(), null);

    private static final List<Rule> RULES = List.of(
            new Rule("own-output", (rules, header) -> !ownOutput(header)),
            new Rule("modality", (rules, header) -> anyOf(rules.modality, header, Tag.Modality)),
            new Rule(
                    "photometric-interpretation",
                    (rules, header) -> anyOf(rules.photometricInterpretation, header, Tag.PhotometricInterpretation)),
            new Rule("image-size", Eligibility::largeEnough),
            new Rule("image-type", Eligibility::imageTypeFits),
            new Rule("body-part", Eligibility::bodyPartFits),
            new Rule("series-description", Eligibility::seriesDescriptionFits),
            new Rule("view-position", Eligibility::viewPositionFits),
            new Rule("patient-orientation", (rules, header) -> !rules.asksForView() || FrontalView.notTurned(header)),
            new Rule("patient-age", (rules, header) -> rules.age == null || rules.age.contains(header)),
            new Rule("orientation", Eligibility::orientationFits));

    private interface Test {
        boolean passes(Eligibility rules, Dataset header) throws DicomException;
    }

    private record Rule(String name, Test test) {}

    /** The rule that refuses, and how many were passed before it. */
    record Refusal(String rule, int passed) {}

    /** The first rule that refuses the instance; empty where it is eligible. */
    Optional<Refusal> refusal(Dataset header) {
        for (int i = 0; i < RULES.size(); i++) {
            if (!passes(RULES.get(i), header)) {
                return Optional.of(new Refusal(RULES.get(i).name, i));
            }
        }
        return Optional.empty();
    }

    /** The name of the first rule that refuses the instance; empty where it is eligible. */
    public Optional<String> refusedBy(Dataset header) {
        return refusal(header).map(Refusal::rule);
    }

    /** @param foregroundShare of a frame's pixels, as its grid finds it; a blank frame has none and is never eligible */
    public boolean covers(double foregroundShare) {
        return foregroundShare > 0 && foregroundShare >= minimumForeground;
    }

    /** A value that cannot be read is no reason to let an image through. */
    private boolean passes(Rule rule, Dataset header) {
        try {
            return rule.test.passes(this, header);
        } catch (DicomException e) {
            return false;
        }
    }

    private static boolean ownOutput(Dataset header) {
        return header.string(Tag.Manufacturer).orElse("").equals("Rigatino")
                && header.strings(Tag.ImageType).contains("SECONDARY");
    }

    private static boolean anyOf(List<String> allowed, Dataset header, int tag) {
        return header.string(tag)
                .filter(value -> allowed.contains(value.toUpperCase(Locale.ROOT)))
                .isPresent();
    }

    private static boolean largeEnough(Eligibility rules, Dataset header) throws DicomException {
        int smaller = Math.min(header.integer(Tag.Rows, 0), header.integer(Tag.Columns, 0));
        return smaller > 0 && smaller >= rules.minimumSize;
    }

    private static boolean imageTypeFits(Eligibility rules, Dataset header) {
        List<String> values = header.strings(Tag.ImageType);
        return !values.isEmpty()
                && values.stream()
                        .map(value -> value.toUpperCase(Locale.ROOT))
                        .noneMatch(rules.excludedImageType::contains);
    }

    private static boolean bodyPartFits(Eligibility rules, Dataset header) {
        if (header.string(Tag.BodyPartExamined).isPresent()) {
            return anyOf(rules.bodyPart, header, Tag.BodyPartExamined);
        }
        return rules.bodyPartDescription != null
                && found(
                        rules.bodyPartDescription,
                        header,
                        Tag.StudyDescription,
                        Tag.SeriesDescription,
                        Tag.ProtocolName);
    }

    private static boolean seriesDescriptionFits(Eligibility rules, Dataset header) {
        int[] tags = {Tag.SeriesDescription, Tag.ProtocolName};
        return (rules.seriesDescription == null || found(rules.seriesDescription, header, tags))
                && (rules.excludedSeriesDescription == null || !found(rules.excludedSeriesDescription, header, tags));
    }

    private static boolean viewPositionFits(Eligibility rules, Dataset header) {
        return !rules.asksForView() || anyOf(rules.viewPosition, header, Tag.ViewPosition);
    }

    private boolean asksForView() {
        return viewPosition != null && !viewPosition.isEmpty();
    }

    private static boolean found(String pattern, Dataset header, int... tags) {
        Pattern compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        for (int tag : tags) {
            if (compiled.matcher(header.string(tag).orElse("")).find()) {
                return true;
            }
        }
        return false;
    }

    private static boolean orientationFits(Eligibility rules, Dataset header) throws DicomException {
        if (rules.plane == null) {
            return true;
        }
        List<double[]> orientations = orientations(header);
        return !orientations.isEmpty()
                && orientations.stream()
                        .allMatch(six -> six.length == 6 && rules.plane.contains(six, rules.toleranceDegrees));
    }

    /** The instance's own, or those of its functional groups (PS3.3 C.7.6.16.2.4). */
    private static List<double[]> orientations(Dataset header) throws DicomException {
        List<double[]> orientations = new ArrayList<>();
        if (header.contains(Tag.ImageOrientationPatient)) {
            orientations.add(header.doubles(Tag.ImageOrientationPatient));
            return orientations;
        }
        List<Dataset> groups = new ArrayList<>(header.items(Tag.SharedFunctionalGroupsSequence));
        groups.addAll(header.items(Tag.PerFrameFunctionalGroupsSequence));
        for (Dataset group : groups) {
            for (Dataset orientation : group.items(Tag.PlaneOrientationSequence)) {
                orientations.add(orientation.doubles(Tag.ImageOrientationPatient));
            }
        }
        return orientations;
    }

    /** Whether the same image could be eligible for both, as far as that can be told without one. */
    boolean overlaps(Eligibility other) {
        return modality.stream().anyMatch(other.modality::contains)
                && (bodyPart.stream().anyMatch(other.bodyPart::contains)
                        || bodyPartDescription != null && other.bodyPartDescription != null)
                && (plane == null || other.plane == null || plane == other.plane)
                && (seriesDescription == null
                        || other.seriesDescription == null
                        || seriesDescription.equalsIgnoreCase(other.seriesDescription));
    }
}
