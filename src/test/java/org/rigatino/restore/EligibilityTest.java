package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

class EligibilityTest {
    private static Dataset flair() {
        return new Dataset()
                .put(Tag.Modality, "MR")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY", "M")
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, 256)
                .put(Tag.Columns, 256)
                .put(Tag.BodyPartExamined, "BRAIN")
                .put(Tag.SeriesDescription, "Ax T2 flair")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
    }

    private static String rule(UnaryOperator<Dataset> change) {
        return Releases.AXIAL_FLAIR
                .refusal(change.apply(flair()), 1)
                .map(Refusal::rule)
                .orElse("eligible");
    }

    /** The same without one attribute. */
    private static String without(int absent) {
        Dataset header = new Dataset();
        Dataset full = flair();
        for (int tag : new int[] {
            Tag.Modality,
            Tag.ImageType,
            Tag.PhotometricInterpretation,
            Tag.Rows,
            Tag.Columns,
            Tag.BodyPartExamined,
            Tag.SeriesDescription,
            Tag.ImageOrientationPatient
        }) {
            if (tag != absent) {
                header.copy(full, tag);
            }
        }
        return rule(ignored -> header);
    }

    @Test
    void agesAreToldInYearsWithoutNeedlessDecimals() {
        assertThat(new AgeRange(1, 6).text()).isEqualTo("1 – < 6");
        assertThat(new AgeRange(0.5, 100).text()).isEqualTo("0.5 – < 100");
    }

    @Test
    void anAxialFlairOfTheBrainIsEligible() {
        assertThat(rule(header -> header)).isEqualTo("eligible");
        assertThat(rule(header ->
                        header.put(Tag.SeriesDescription, "dark fluid").put(Tag.ProtocolName, "FLAIR_tra")))
                .isEqualTo("eligible");
    }

    /** A series is called T2 FLAIR too: only what one asks for and the other excludes keeps them apart. */
    @ParameterizedTest
    @CsvSource({
        "FLAIR, , FLAIR, , true",
        "FLAIR, , FLAIR|TIRM, , true",
        "FLAIR, , T2, , true",
        "FLAIR, , , , true",
        "FLAIR, , T2, FLAIR, false",
        "FLAIR, , T2, STIR|flair, false",
        "ax flair|FLAIR_tra, , T2, FLAIR, false",
        "FLAIR|TIRM, , T2, FLAIR, true",
        "FLAIR, , T2, FLAIR\\b, true",
        "'T2\\b|PD[ _|-]W', , FLAIR, 'PD[ _|-]W|T2\\b', false",
        "'(?i)FLAIR|T1', , T2, '(?i)FLAIR', true",
        "FLAIR, , T2, T1 FLAIR, true"
    })
    void descriptionsKeepTwoApartOnlyWhereOneExcludesWhatTheOtherAsksFor(
            String asked, String excluded, String others, String othersExcluded, boolean overlap) {
        Eligibility one = described(asked, excluded, Plane.AXIAL, 30);
        Eligibility two = described(others, othersExcluded, Plane.AXIAL, 30);
        assertThat(one.overlaps(two)).isEqualTo(overlap);
        assertThat(two.overlaps(one)).isEqualTo(overlap);
    }

    @Test
    void wideTolerancesAndAnatomyOfFramesMakeTwoOverlap() {
        Eligibility axial = described(null, null, Plane.AXIAL, 30);
        assertThat(axial.overlaps(described(null, null, Plane.CORONAL, 30))).isFalse();
        assertThat(axial.overlaps(described(null, null, Plane.CORONAL, 60))).isTrue();
        Eligibility head = new Eligibility(
                List.of("MR"),
                List.of(),
                0,
                List.of(),
                List.of("SKULL BASE"),
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null);
        assertThat(axial.overlaps(head)).isFalse();
        Eligibility described = new Eligibility(
                List.of("MR"), List.of(), 0, List.of(), List.of("HEAD"), "SKULL", null, null, null, 0, 0, null, null);
        assertThat(described.overlaps(head)).isTrue();
        assertThat(head.overlaps(described)).isTrue();
    }

    @Test
    void whatOneMayRefuseOfAnothersImagesIsNamedByItsRules() {
        Eligibility flair = described("FLAIR", "T1|MIP", Plane.AXIAL, 30);
        Eligibility more = described("FLAIR|TIRM", "MIP", Plane.AXIAL, 40);
        assertThat(lacks(more, flair)).isEmpty();
        assertThat(lacks(flair, more)).containsExactly("series-description", "orientation");
        assertThat(lacks(described("FLAIR", "T1|MIP|SUB", Plane.AXIAL, 30), flair))
                .containsExactly("series-description");
        assertThat(lacks(described(null, null, null, 0), flair)).isEmpty();
        assertThat(lacks(flair, described(null, null, null, 0))).containsExactly("series-description", "orientation");
        Eligibility children = new Eligibility(
                List.of("MR", "CT"),
                List.of("MONOCHROME1"),
                32,
                List.of("DERIVED"),
                List.of(),
                null,
                null,
                null,
                null,
                0,
                0.1,
                List.of("AP"),
                new AgeRange(0, 18));
        assertThat(lacks(children, flair))
                .containsExactly(
                        "photometric-interpretation",
                        "image-size",
                        "image-type",
                        "body-part",
                        "view-position",
                        "patient-age",
                        "foreground");
        assertThat(lacks(children, children)).isEmpty();
    }

    /** As where a release file or a profile leaves them out. */
    @Test
    void listsThatAreLeftOutTakeNothingAndFailNothing() {
        Eligibility modalities =
                new Eligibility(List.of("MR"), null, 0, null, null, "FLAIR", null, null, null, 0, 0, null, null);
        assertThat(modalities.refusal(flair(), 1).map(Refusal::rule)).contains("photometric-interpretation");
        assertThat(modalities
                        .refusal(flair().put(Tag.PhotometricInterpretation, "RGB"), 1)
                        .map(Refusal::rule))
                .contains("photometric-interpretation");
        Eligibility nothing = new Eligibility(null, null, 0, null, null, null, null, null, null, 0, 0, null, null);
        assertThat(nothing.refusal(flair(), 1).map(Refusal::rule)).contains("modality");
        assertThat(nothing.overlaps(modalities)).isFalse();
    }

    @Test
    void grayAndColourOfOneOrganAreForTwoReleases() {
        Eligibility gray = photographs("MONOCHROME2");
        assertThat(gray.overlaps(photographs("RGB", "YBR_FULL_422"))).isFalse();
        assertThat(photographs("RGB").overlaps(gray)).isFalse();
        assertThat(photographs("RGB", "YBR_FULL_422").overlaps(photographs("YBR_FULL_422")))
                .isTrue();
        assertThat(gray.overlaps(photographs("RGB", "MONOCHROME2"))).isTrue();
        assertThat(gray.overlaps(photographs())).isTrue();
    }

    private static Eligibility photographs(String... named) {
        return new Eligibility(
                List.of("OP"),
                List.of(named),
                0,
                List.of(),
                List.of("EYE"),
                "FUNDUS",
                null,
                null,
                null,
                0,
                0,
                null,
                null);
    }

    /** Captures, fused images and overlays of others lie among MR in any of them. */
    @ParameterizedTest
    @ValueSource(strings = {"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT", "PALETTE COLOR"})
    void colourIsEligibleWhereThatVeryInterpretationIsNamed(String colour) {
        Dataset image = flair().put(Tag.PhotometricInterpretation, colour).put(Tag.SamplesPerPixel, 3);
        Dataset overlay = new Dataset()
                .copy(image, Tag.Modality, Tag.PhotometricInterpretation)
                .put(Tag.Manufacturer, "Rigatino");
        for (List<String> named : List.of(
                List.<String>of(),
                List.of("MONOCHROME1", "MONOCHROME2"),
                List.of("YBR_PARTIAL_420"),
                List.of("MONOCHROME2", colour))) {
            Eligibility eligibility = new Eligibility(
                    List.of("MR"), named, 0, List.of(), List.of("BRAIN"), null, null, null, null, 0, 0, null, null);
            assertThat(eligibility.refusal(image, 1).map(Refusal::rule))
                    .isEqualTo(named.contains(colour) ? Optional.empty() : Optional.of("photometric-interpretation"));
            assertThat(eligibility.refusal(overlay, 1).map(Refusal::rule)).contains("own-output");
        }
    }

    private static List<String> lacks(Eligibility by, Eligibility of) {
        return new Claim("by", by).lacks(new Claim("of", of));
    }

    private static Eligibility described(String asked, String excluded, Plane plane, double tolerance) {
        return new Eligibility(
                List.of("MR"),
                List.of("MONOCHROME2"),
                16,
                List.of(),
                List.of("HEAD"),
                null,
                asked,
                excluded,
                plane,
                tolerance,
                0.05,
                List.of(),
                null);
    }

    @Test
    void eachRuleRefusesByItsName() {
        assertThat(rule(header -> header.put(Tag.Modality, "CT"))).isEqualTo("modality");
        assertThat(rule(header -> header.put(Tag.PhotometricInterpretation, "RGB")))
                .isEqualTo("photometric-interpretation");
        assertThat(rule(header -> header.put(Tag.Columns, 8))).isEqualTo("image-size");
        assertThat(rule(header -> header.put(Tag.ImageType, "ORIGINAL", "PRIMARY", "LOCALIZER")))
                .isEqualTo("image-type");
        assertThat(rule(header -> header.put(Tag.ImageType, "DERIVED", "SECONDARY")))
                .isEqualTo("image-type");
        assertThat(rule(header -> header.put(Tag.BodyPartExamined, "SPINE"))).isEqualTo("body-part");
        assertThat(rule(header -> header.put(Tag.SeriesDescription, "Ax T2"))).isEqualTo("series-description");
        assertThat(rule(header -> header.put(Tag.SeriesDescription, "Ax T1 FLAIR")))
                .isEqualTo("series-description");
        assertThat(rule(header -> header.put(Tag.ImageOrientationPatient, "0", "1", "0", "0", "0", "-1")))
                .isEqualTo("orientation");
        assertThat(rule(header ->
                        header.put(Tag.ImageType, "DERIVED", "SECONDARY").put(Tag.Manufacturer, "Rigatino")))
                .isEqualTo("own-output");
        assertThat(rule(header -> header.put(Tag.Manufacturer, "Rigatino")))
                .as("whatever an archive has made of its other attributes")
                .isEqualTo("own-output");
    }

    /** Whatever else they say, as those of an MR do that name its modality. */
    @ParameterizedTest
    @CsvSource({
        "11.1, presentation state",
        "11.12, presentation state",
        "88.11, report",
        "88.34, report",
        "88.59, key object selection",
        "104.1, encapsulated document",
        "9.1.1, waveform",
        "4.2, spectroscopy",
        "66, raw data",
        "66.1, registration",
        "67, real world value mapping",
        "481.3, radiotherapy object without image",
        "200.1, protocol"
    })
    void whatIsNoImageIsRefusedAsThat(String sopClass, String words) {
        String uid = "1.2.840.10008.5.1.4.1.1." + sopClass;
        for (String modality : List.of("MR", "PR")) {
            assertThat(Releases.AXIAL_FLAIR.refusal(
                            flair().put(Tag.SOPClassUID, uid).put(Tag.Modality, modality), 1))
                    .contains(new Refusal("no-image", Optional.of(words + " (SOP class " + uid + ")")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "4", "4.1", "7", "13.1.3", "66.4", "77.1.6", "481.1", "481.2", "501.1", "1.2.3"})
    void whatIsAnImageOrIsNotKnownIsAskedTheOtherRules(String sopClass) {
        assertThat(rule(header -> header.put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1." + sopClass)))
                .isNotEqualTo("no-image");
    }

    @Test
    void whatIsAbsentIsNotGuessed() {
        assertThat(without(Tag.Modality)).isEqualTo("modality");
        assertThat(without(Tag.PhotometricInterpretation)).isEqualTo("photometric-interpretation");
        assertThat(without(Tag.Rows)).isEqualTo("image-size");
        assertThat(without(Tag.ImageType)).isEqualTo("image-type");
        assertThat(Releases.AXIAL_FLAIR
                        .refusal(flair().putEmpty(Tag.ImageType), 1)
                        .orElseThrow()
                        .explanation())
                .contains("Image Type (0008,0008) is absent");
        assertThat(without(Tag.BodyPartExamined)).isEqualTo("body-part");
        assertThat(without(Tag.SeriesDescription)).isEqualTo("series-description");
        assertThat(without(Tag.ImageOrientationPatient)).isEqualTo("orientation");
    }

    @Test
    void descriptionsMaySayTheBodyPartWhereItIsAbsent() {
        assertThat(rule(header -> header.put(Tag.BodyPartExamined, "").put(Tag.StudyDescription, "MRI Brain")))
                .isEqualTo("eligible");
        assertThat(rule(header -> header.put(Tag.BodyPartExamined, "KNEE").put(Tag.StudyDescription, "MRI Brain")))
                .isEqualTo("body-part");
    }

    @Test
    void tiltsUpToTheToleranceAreAxial() {
        assertThat(rule(header -> tilted(header, 25))).isEqualTo("eligible");
        assertThat(rule(header -> tilted(header, 35))).isEqualTo("orientation");
        assertThat(rule(header -> header.put(Tag.ImageOrientationPatient, "1", "0", "0")))
                .isEqualTo("orientation");
        assertThat(rule(header -> header.put(Tag.ImageOrientationPatient, "0", "-1", "0", "-1", "0", "0")))
                .as("axes exchanged and mirrored")
                .isEqualTo("eligible");
    }

    private static Dataset tilted(Dataset header, double degrees) {
        double radians = Math.toRadians(degrees);
        return header.put(
                Tag.ImageOrientationPatient,
                "1",
                "0",
                "0",
                "0",
                String.format(java.util.Locale.ROOT, "%.6f", Math.cos(radians)),
                String.format(java.util.Locale.ROOT, "%.6f", Math.sin(radians)));
    }

    private static final String AXIAL = "1\\0\\0\\0\\1\\0";

    /** An enhanced FLAIR of several frames, each by its own groups. */
    private static Dataset enhanced(String imageType, Dataset... frames) {
        Dataset enhanced = flair().put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4.1")
                .put(Tag.NumberOfFrames, frames.length)
                .put(Tag.ImageType, imageType.split("\\\\"))
                .putItems(Tag.PerFrameFunctionalGroupsSequence, List.of(frames));
        Dataset withoutPlane = new Dataset();
        for (int tag : new int[] {
            Tag.SOPClassUID,
            Tag.Modality,
            Tag.NumberOfFrames,
            Tag.ImageType,
            Tag.PhotometricInterpretation,
            Tag.Rows,
            Tag.Columns,
            Tag.BodyPartExamined,
            Tag.SeriesDescription,
            Tag.PerFrameFunctionalGroupsSequence
        }) {
            withoutPlane.copy(enhanced, tag);
        }
        return withoutPlane;
    }

    private static Dataset group(String type, String orientation) {
        return new Dataset()
                .putItems(
                        Tag.PlaneOrientationSequence,
                        List.of(new Dataset().put(Tag.ImageOrientationPatient, orientation.split("\\\\"))))
                .putItems(
                        Tag.MRImageFrameTypeSequence,
                        List.of(new Dataset()
                                .put(Tag.FrameType, type.split("\\\\"))
                                .put(Tag.VolumeBasedCalculationTechnique, "NONE")
                                .put(Tag.ComplexImageComponent, "MAGNITUDE")));
    }

    private static Dataset original() {
        return group("ORIGINAL\\PRIMARY\\BRAIN\\NONE", AXIAL);
    }

    private static List<String> rules(Dataset header) throws DicomException {
        int frames = header.items(Tag.PerFrameFunctionalGroupsSequence).size();
        return IntStream.rangeClosed(1, frames)
                .mapToObj(number -> Releases.AXIAL_FLAIR
                        .refusal(header, number)
                        .map(Refusal::rule)
                        .orElse("eligible"))
                .toList();
    }

    @Test
    void eachFrameIsJudgedByItsOwnPlane() throws DicomException {
        assertThat(rules(enhanced(
                        "ORIGINAL\\PRIMARY\\BRAIN\\NONE",
                        original(),
                        group("ORIGINAL\\PRIMARY\\BRAIN\\NONE", "1\\0\\0\\0\\0\\-1"),
                        group("ORIGINAL\\PRIMARY\\BRAIN\\NONE", "1\\0\\0\\0\\0.5\\0"),
                        group("ORIGINAL\\PRIMARY\\BRAIN\\NONE", "0.98\\0.17\\0\\-0.17\\0.98\\0"))))
                .containsExactly("eligible", "orientation", "orientation", "eligible");
    }

    /** One of the kind beside an image: only the image is one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DERIVED\\PRIMARY\\BRAIN\\NONE",
                "DERIVED\\PRIMARY\\ANGIO\\MAXIMUM",
                "DERIVED\\PRIMARY\\PROJECTION IMAGE\\NONE",
                "DERIVED\\PRIMARY\\DIFFUSION\\ADC",
                "ORIGINAL\\PRIMARY\\PROJECTION\\NONE",
                "ORIGINAL\\PRIMARY\\MAX_IP\\NONE",
                "ORIGINAL\\PRIMARY\\MIN_IP\\NONE",
                "ORIGINAL\\PRIMARY\\LOCALIZER\\NONE",
                "original\\primary\\localizer\\none",
                "ORIGINAL\\PRIMARY\\P\\NONE",
                "ORIGINAL\\PRIMARY\\PHASE MAP\\NONE",
                "ORIGINAL\\PRIMARY\\VELOCITY_MAP\\NONE",
                "ORIGINAL\\PRIMARY\\T2 MAP\\NONE",
                "ORIGINAL\\PRIMARY\\MODULUS SUBTRACT\\NONE",
                "MIXED\\PRIMARY\\BRAIN\\NONE"
            })
    void aFrameThatIsNoImageIsRefusedByItsOwnType(String type) throws DicomException {
        for (String imageType : List.of("MIXED\\PRIMARY\\MIXED\\MIXED", "ORIGINAL\\PRIMARY\\BRAIN\\NONE")) {
            Dataset header = enhanced(imageType, original(), group(type, AXIAL), original());
            assertThat(rules(header)).as(imageType).containsExactly("eligible", "image-type", "eligible");
            assertThat(Releases.AXIAL_FLAIR.refusal(header, 2).orElseThrow().explanation())
                    .as("what was found")
                    .isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_IP, MAGNITUDE",
        "MIN_IP, MAGNITUDE",
        "MPR, MAGNITUDE",
        "MIXED, MAGNITUDE",
        "NONE, PHASE",
        "NONE, REAL"
    })
    void aFrameThatIsCalculatedIsRefused(String technique, String component) throws DicomException {
        Dataset calculated = original();
        calculated
                .items(Tag.MRImageFrameTypeSequence)
                .get(0)
                .put(Tag.VolumeBasedCalculationTechnique, technique)
                .put(Tag.ComplexImageComponent, component);

        assertThat(rules(enhanced("MIXED\\PRIMARY\\BRAIN\\NONE", original(), calculated)))
                .containsExactly("eligible", "image-type");
    }

    @Test
    void aFrameOfAMixedInstanceThatSaysNoTypeIsRefused() throws DicomException {
        Dataset untyped = new Dataset().copy(original(), Tag.PlaneOrientationSequence);

        assertThat(rules(enhanced("MIXED\\PRIMARY\\BRAIN\\NONE", original(), untyped)))
                .containsExactly("eligible", "image-type");
        assertThat(rules(enhanced("ORIGINAL\\PRIMARY\\BRAIN\\NONE", original(), untyped)))
                .containsExactly("eligible", "eligible");
    }

    @Test
    void framesThatAreAllDerivedAlikeAreJudgedAsTheirInstance() throws DicomException {
        Dataset header = enhanced(
                "DERIVED\\PRIMARY\\BRAIN\\NONE",
                group("DERIVED\\PRIMARY\\BRAIN\\NONE", AXIAL),
                group("DERIVED\\PRIMARY\\BRAIN\\SUBTRACTION", AXIAL));

        assertThat(rules(header)).containsExactly("eligible", "image-type");
    }

    @ParameterizedTest
    @CsvSource({
        "12738006, Brain, eligible",
        "T-A0100, Gehirn, eligible",
        "69536005, Head, eligible",
        "51185008, Chest, body-part",
        "123037004, Neck, body-part",
        "999, Forebrain, eligible",
        "'', '', body-part",
    })
    void aFrameIsRefusedByItsOwnAnatomy(String code, String meaning, String rule) throws DicomException {
        Dataset region = new Dataset().put(Tag.CodeValue, code).put(Tag.CodeMeaning, meaning);
        Dataset frame = original()
                .putItems(
                        Tag.FrameAnatomySequence,
                        List.of(new Dataset().putItems(Tag.AnatomicRegionSequence, List.of(region))));

        assertThat(rules(enhanced("ORIGINAL\\PRIMARY\\BRAIN\\NONE", original(), frame)))
                .containsExactly("eligible", rule);
    }

    /** Whether it asks for a plane or not: what cannot be read has no sides that could be told. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\\0\\0\\0\\1",
                "0\\0\\0\\0\\0\\0",
                "1\\0\\0\\0\\0.9\\0",
                "1\\0\\0\\0.5\\0.8\\0",
                "NaN\\0\\0\\0\\1\\0"
            })
    void anOrientationThatCannotBeReadIsRefusedForEveryRelease(String orientation) {
        assertThat(rule(header -> header.put(Tag.ImageOrientationPatient, orientation.split("\\\\"))))
                .isEqualTo("orientation");
        Dataset chest = chestHeader("003Y", "", "AP", "L", "F");
        assertThat(CHILDREN.refusal(chest, 1)).isEmpty();
        assertThat(CHILDREN.refusal(chest.put(Tag.ImageOrientationPatient, orientation.split("\\\\")), 1)
                        .map(Refusal::rule))
                .hasValue("orientation");
    }

    @Test
    void aRefusalTellsTheOrientationThatItFound() {
        Dataset header = flair().put(Tag.ImageOrientationPatient, "0.9", "0.1", "0", "-0.1", "0.9", "0");

        assertThat(Releases.AXIAL_FLAIR.refusal(header, 1).orElseThrow().toString())
                .startsWith("orientation: Image Orientation (Patient) (0020,0037) 0.9\\0.1\\0.0\\-0.1\\0.9\\0.0 is not")
                .contains("lengths 0.906 and 0.906");
    }

    @Test
    void sidesThatContradictThePlaneAreRefused() {
        assertThat(rule(header -> header.put(Tag.PatientOrientation, "L", "P"))).isEqualTo("eligible");
        assertThat(rule(header -> header.put(Tag.PatientOrientation, "R", "P"))).isEqualTo("orientation");
        assertThat(rule(header -> header.put(Tag.PatientOrientation, "LEFT", "BACK")))
                .isEqualTo("patient-orientation");
    }

    @Test
    void sidesThatContradictOneAnotherAreRefusedForEveryRelease() {
        assertThat(rule(header -> header.put(Tag.ImageLaterality, "L"))).isEqualTo("eligible");
        assertThat(rule(header -> header.put(Tag.ImageLaterality, "L").put(Tag.Laterality, "L")))
                .isEqualTo("eligible");
        assertThat(rule(header -> header.put(Tag.ImageLaterality, "L").put(Tag.Laterality, "LEFT")))
                .isEqualTo("eligible");
        assertThat(rule(header -> header.put(Tag.ImageLaterality, "L").put(Tag.Laterality, "")))
                .isEqualTo("eligible");
        assertThat(rule(header -> header.put(Tag.ImageLaterality, "L").put(Tag.Laterality, "R")))
                .isEqualTo("laterality");
        assertThat(rule(header -> header.put(Tag.ImageLaterality, "B").put(Tag.Laterality, "R")))
                .isEqualTo("laterality");
        Dataset chest = chestHeader("003Y", "", "AP", "L", "F")
                .put(Tag.ImageLaterality, "U")
                .put(Tag.Laterality, "R");
        assertThat(CHILDREN.refusal(chest, 1).orElseThrow().toString())
                .isEqualTo(
                        "laterality: Image Laterality (0020,0062) U beside Laterality (0020,0060) R: nobody knows which"
                                + " side the image is of");
    }

    /** One attribute of two sides, or of none that anybody knows. */
    @ParameterizedTest
    @ValueSource(ints = {Tag.ImageLaterality, Tag.Laterality})
    void aSideThatIsNotOneRefusesForEveryRelease(int tag) {
        assertThat(rule(header -> header.put(tag, "L", "R"))).isEqualTo("laterality");
        assertThat(rule(header -> header.put(tag, "", "X"))).isEqualTo("laterality");
        assertThat(rule(header -> header.put(tag, "LI"))).isEqualTo("laterality");
        assertThat(rule(header -> header.put(tag, "L", "LEFT", ""))).isEqualTo("eligible");
        assertThat(Releases.AXIAL_FLAIR
                        .refusal(flair().put(Tag.ImageLaterality, "LI"), 1)
                        .orElseThrow()
                        .toString())
                .isEqualTo(
                        "laterality: Image Laterality (0020,0062) LI is none of L, R, B and U: nobody knows which side the"
                                + " image is of");
    }

    @Test
    void theSideOfAFrameIsHeldAgainstThatOfItsSeries() throws DicomException {
        Dataset enhanced = enhanced("ORIGINAL\\PRIMARY\\BRAIN\\NONE", original(), original(), original())
                .put(Tag.Laterality, "L");
        List<Dataset> frames = enhanced.items(Tag.PerFrameFunctionalGroupsSequence);
        frames.get(1).putItems(Tag.FrameAnatomySequence, List.of(new Dataset().put(Tag.FrameLaterality, "R")));
        frames.get(2).putItems(Tag.FrameAnatomySequence, List.of(new Dataset().put(Tag.FrameLaterality, "L")));
        assertThat(rules(enhanced)).containsExactly("eligible", "laterality", "eligible");
    }

    private static final Eligibility CHILDREN = new Eligibility(
            List.of("DX", "CR"),
            List.of("MONOCHROME1", "MONOCHROME2"),
            64,
            List.of(),
            List.of("CHEST"),
            null,
            null,
            null,
            null,
            0,
            0,
            List.of("AP", "PA"),
            new AgeRange(1, 6));

    private static String chest(String age, String birth, String view, String... orientation) {
        Dataset header = chestHeader(age, birth, view, orientation);
        return CHILDREN.refusal(header, 1).map(Refusal::rule).orElse("eligible");
    }

    private static Dataset chestHeader(String age, String birth, String view, String... orientation) {
        return new Dataset()
                .put(Tag.Modality, "DX")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, 256)
                .put(Tag.Columns, 256)
                .put(Tag.BodyPartExamined, "CHEST")
                .put(Tag.ViewPosition, view)
                .put(Tag.PatientOrientation, orientation)
                .put(Tag.PatientAge, age)
                .put(Tag.PatientBirthDate, birth)
                .put(Tag.StudyDate, "20200301");
    }

    @Test
    void agesAreReadInAnyUnitOrFromTheDates() {
        assertThat(chest("001Y", "", "AP")).isEqualTo("eligible");
        assertThat(chest("005Y", "", "PA")).isEqualTo("eligible");
        assertThat(chest("006Y", "", "AP")).isEqualTo("patient-age");
        assertThat(chest("018M", "", "AP")).isEqualTo("eligible");
        assertThat(chest("011M", "", "AP")).isEqualTo("patient-age");
        assertThat(chest("051W", "", "AP")).isEqualTo("patient-age");
        assertThat(chest("400D", "", "AP")).isEqualTo("eligible");
        assertThat(chest("", "20150302", "AP")).isEqualTo("eligible");
        assertThat(chest("", "20140301", "AP")).isEqualTo("patient-age");
        assertThat(chest("", "20190302", "AP")).isEqualTo("patient-age");
    }

    @Test
    void anAgeOrViewThatIsNotKnownIsNotGuessed() {
        assertThat(chest("", "", "AP")).isEqualTo("patient-age");
        assertThat(chest("3", "20170101", "AP")).isEqualTo("patient-age");
        assertThat(chest("", "20200302", "AP")).isEqualTo("patient-age");
        assertThat(chest("003Y", "", "")).isEqualTo("view-position");
        assertThat(chest("003Y", "", "LL")).isEqualTo("view-position");
    }

    @ParameterizedTest
    @CsvSource({"R, F", "L, H", "R, H", "F, L", "H, R", "A, F", "LF, FR", "L, ''", "'', F"})
    void aFrontalViewThatIsTurnedIsRefused(String row, String column) {
        assertThat(chest("003Y", "", "AP", row, column)).isEqualTo("patient-orientation");
        assertThat(chest("003Y", "", "pa", row, column)).isEqualTo("patient-orientation");
    }

    @Test
    void aFrontalViewThatLiesAsItShouldOrDoesNotSayIsEligible() {
        assertThat(chest("003Y", "", "AP", "L", "F")).isEqualTo("eligible");
        assertThat(chest("003Y", "", "PA", "L", "F")).isEqualTo("eligible");
        assertThat(chest("003Y", "", "AP", "")).isEqualTo("eligible");
        assertThat(chest("003Y", "", "AP", "L")).isEqualTo("patient-orientation");
        assertThat(chest("003Y", "", "AP", "L", "F", "A")).isEqualTo("patient-orientation");
    }

    @Test
    void nothingIsEligibleForAReleaseWithoutRules() {
        assertThat(Eligibility.NONE.refusal(flair(), 1).map(Refusal::rule)).hasValue("modality");
    }
}
