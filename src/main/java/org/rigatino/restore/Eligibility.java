package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.NoImage;
import org.rigatino.dicom.OwnOutput;
import org.rigatino.dicom.Tag;
import org.rigatino.image.ImagePlane;
import org.rigatino.image.Laterality;
import org.rigatino.image.PatientOrientation;

/**
 * What a release may be shown, asked of each frame. An attribute that a rule asks for and that is absent refuses the
 * frame, body part excepted: there the descriptions may say it. Patterns are regular expressions, found anywhere in a
 * value, in any case. Of an attribute that has several values each is one of those, or has the pattern, that is asked for,
 * and any excludes.
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

    /** Lists that a file leaves out are empty. */
    public Eligibility {
        modality = modality == null ? List.of() : modality;
        photometricInterpretation = photometricInterpretation == null ? List.of() : photometricInterpretation;
        excludedImageType = excludedImageType == null ? List.of() : excludedImageType;
        bodyPart = bodyPart == null ? List.of() : bodyPart;
    }

    /** Nothing is eligible. */
    public static final Eligibility NONE = new Eligibility(
            List.of(), List.of(), 0, List.of(), List.of(), null, null, null, null, 0, 0, List.of(), null);

    /** Refuses an image whose number of frames or functional groups cannot be read: nothing is known of any frame. */
    static final String FRAMES_RULE = "frames";

    /** Refuses presentation states, reports, key objects and the like, whatever modality they name. */
    static final String NO_IMAGE_RULE = "no-image";

    private static final double RIGHT_ANGLE = 90;

    private static final List<Rule> RULES = List.of(
            new Rule("own-output", (rules, image) -> !OwnOutput.is(image.header)),
            new Rule(NO_IMAGE_RULE, (rules, image) -> isImage(image.header)),
            new Rule("modality", (rules, image) -> allOf(rules.modality, image.header, Tag.Modality)),
            new Rule(
                    "photometric-interpretation",
                    (rules, image) ->
                            allOf(rules.photometricInterpretation, image.header, Tag.PhotometricInterpretation)),
            new Rule("image-size", Eligibility::largeEnough),
            new Rule("image-type", Eligibility::imageTypeFits),
            new Rule("body-part", (rules, image) -> BodyPart.fits(rules, image.header, image.groups)),
            new Rule("series-description", Eligibility::seriesDescriptionFits),
            new Rule("view-position", Eligibility::viewPositionFits),
            new Rule("patient-orientation", Eligibility::patientOrientationFits),
            new Rule("laterality", Eligibility::lateralityFits),
            new Rule("patient-age", (rules, image) -> rules.age == null || rules.age.contains(image.header)),
            new Rule("orientation", Eligibility::orientationFits));

    /** @param groups what holds for the frame alone */
    private record Image(Dataset header, FunctionalGroups groups, int number) {}

    /** Where it throws, it refuses and the message explains. */
    private interface Test {
        boolean passes(Eligibility rules, Image image) throws DicomException;
    }

    private record Rule(String name, Test test) {}

    /** Names of the rules, in the order in which they are asked. */
    public static List<String> rules() {
        return RULES.stream().map(Rule::name).toList();
    }

    /** A refusal, and how many rules were passed before it. */
    record Judgement(Refusal refusal, int passed) {
        String rule() {
            return refusal.rule();
        }
    }

    /**
     * The first rule that refuses a frame, by what its functional groups say of it alone, or the dataset of them all; empty
     * where it is eligible.
     *
     * @param number of the frame, 1-based
     */
    Optional<Judgement> judge(Dataset header, int number) {
        FunctionalGroups groups;
        try {
            header.integer(Tag.NumberOfFrames, 1);
            groups = FunctionalGroups.of(header, number);
        } catch (DicomException e) {
            return Optional.of(new Judgement(new Refusal(FRAMES_RULE, Optional.of(e.getMessage())), 0));
        }
        Image image = new Image(header, groups, number);
        for (int i = 0; i < RULES.size(); i++) {
            Optional<Refusal> refusal = refusal(RULES.get(i), image);
            if (refusal.isPresent()) {
                return Optional.of(new Judgement(refusal.get(), i));
            }
        }
        return Optional.empty();
    }

    /** The first rule that refuses a frame; empty where it is eligible. @param number 1-based */
    public Optional<Refusal> refusal(Dataset header, int number) {
        return judge(header, number).map(Judgement::refusal);
    }

    /** @param foregroundShare of a frame's pixels, as its grid finds it; a blank frame has none and is never eligible */
    public boolean covers(double foregroundShare) {
        return foregroundShare > 0 && foregroundShare >= minimumForeground;
    }

    /** A value that cannot be read is no reason to let an image through. */
    private Optional<Refusal> refusal(Rule rule, Image image) {
        try {
            return rule.test.passes(this, image) ? Optional.empty() : Optional.of(Refusal.of(rule.name));
        } catch (DicomException e) {
            return Optional.of(new Refusal(rule.name, Optional.of(e.getMessage())));
        }
    }

    private static boolean isImage(Dataset header) throws DicomException {
        Optional<String> sopClass = header.string(Tag.SOPClassUID);
        Optional<String> other = sopClass.flatMap(NoImage::words);
        if (other.isPresent()) {
            throw new DicomException(other.get() + " (SOP class " + sopClass.get() + ")");
        }
        return true;
    }

    /** Whether it has values and each is allowed. */
    static boolean allOf(List<String> allowed, Dataset header, int tag) throws DicomException {
        List<String> values = values(header, tag);
        return !values.isEmpty() && allowed.containsAll(values);
    }

    /** Those that are not empty, in capitals. @throws DicomException where they cannot be read */
    static List<String> values(Dataset header, int tag) throws DicomException {
        header.requireReadable(tag);
        return header.strings(tag).stream()
                .filter(value -> !value.isEmpty())
                .map(value -> value.toUpperCase(Locale.ROOT))
                .toList();
    }

    private static boolean largeEnough(Eligibility rules, Image image) throws DicomException {
        int smaller = Math.min(image.header.integer(Tag.Rows, 0), image.header.integer(Tag.Columns, 0));
        return smaller > 0 && smaller >= rules.minimumSize;
    }

    private static boolean imageTypeFits(Eligibility rules, Image image) throws DicomException {
        FrameType.of(image.header, image.groups).require(rules.excludedImageType);
        return true;
    }

    private static boolean seriesDescriptionFits(Eligibility rules, Image image) throws DicomException {
        Dataset header = image.header;
        int[] tags = {Tag.SeriesDescription, Tag.ProtocolName};
        return (rules.seriesDescription == null || said(rules.seriesDescription, header, tags))
                && (rules.excludedSeriesDescription == null
                        || !anywhere(rules.excludedSeriesDescription, header, tags));
    }

    private static boolean viewPositionFits(Eligibility rules, Image image) throws DicomException {
        return !rules.asksForView() || allOf(rules.viewPosition, image.header, Tag.ViewPosition);
    }

    private boolean asksForView() {
        return viewPosition != null && !viewPosition.isEmpty();
    }

    /** In each value of one of the attributes, those apart that are empty. @throws DicomException where one of them cannot be read */
    static boolean said(String pattern, Dataset header, int... tags) throws DicomException {
        Pattern compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        return each(header, tags).stream()
                .anyMatch(values -> !values.isEmpty()
                        && values.stream()
                                .allMatch(value -> compiled.matcher(value).find()));
    }

    /** In any value of any of the attributes. @throws DicomException where one of them cannot be read */
    private static boolean anywhere(String pattern, Dataset header, int... tags) throws DicomException {
        Pattern compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        return each(header, tags).stream().flatMap(List::stream).anyMatch(value -> compiled.matcher(value)
                .find());
    }

    /** Values that are not empty, of each attribute. */
    private static List<List<String>> each(Dataset header, int... tags) throws DicomException {
        header.requireReadable(tags);
        List<List<String>> each = new ArrayList<>();
        for (int tag : tags) {
            each.add(header.strings(tag).stream()
                    .filter(value -> !value.isEmpty())
                    .toList());
        }
        return each;
    }

    /** Sides that are said and not understood refuse an image for every release. */
    private static boolean patientOrientationFits(Eligibility rules, Image image) throws DicomException {
        Optional<PatientOrientation> said = PatientOrientation.of(image.header, Optional.empty());
        return !rules.asksForView() || FrontalView.notTurned(image.header, said);
    }

    /** Attributes that name different sides refuse an image for every release. */
    private static boolean lateralityFits(Eligibility rules, Image image) throws DicomException {
        Laterality.of(image.header, image.number);
        return true;
    }

    /** A plane that cannot be read refuses an image for every release; so does one that Patient Orientation contradicts. */
    private static boolean orientationFits(Eligibility rules, Image image) throws DicomException {
        Optional<ImagePlane> plane = ImagePlane.of(image.header, image.number);
        PatientOrientation.of(image.header, plane);
        if (rules.plane == null || plane.isEmpty()) {
            return rules.plane == null;
        }
        if (!rules.plane.contains(plane.get().orientation(), rules.toleranceDegrees)) {
            throw new DicomException(
                    "Image Orientation (Patient) " + plane.get().cosines() + " is not " + rules.plane);
        }
        return true;
    }

    /**
     * Whether the same image could be eligible for both. It could where nothing proves that it cannot: two patterns are
     * both found in some description, unless what one asks for is what the other excludes.
     */
    public boolean overlaps(Eligibility other) {
        return modality.stream().anyMatch(other.modality::contains)
                && mayLookAlike(other)
                && (bodyPart.stream().anyMatch(other.bodyPart::contains)
                        || bodyPartDescription != null && other.bodyPartDescription != null
                        || describesAny(other.bodyPart)
                        || other.describesAny(bodyPart))
                && (plane == null
                        || other.plane == null
                        || plane == other.plane
                        || toleranceDegrees + other.toleranceDegrees >= RIGHT_ANGLE)
                && !excludes(other)
                && !other.excludes(this);
    }

    /** An image has one Photometric Interpretation: gray and colour of one organ are for two releases. */
    private boolean mayLookAlike(Eligibility other) {
        return photometricInterpretation.isEmpty()
                || other.photometricInterpretation.isEmpty()
                || photometricInterpretation.stream().anyMatch(other.photometricInterpretation::contains);
    }

    /** An enhanced frame's anatomy is held against the list and against the pattern. */
    private boolean describesAny(List<String> anatomies) {
        return bodyPartDescription != null
                && anatomies.stream().anyMatch(anatomy -> Pattern.compile(bodyPartDescription, Pattern.CASE_INSENSITIVE)
                        .matcher(anatomy)
                        .find());
    }

    private boolean excludes(Eligibility other) {
        return excludedSeriesDescription != null
                && other.seriesDescription != null
                && Alternatives.cover(excludedSeriesDescription, other.seriesDescription);
    }
}
