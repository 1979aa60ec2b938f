package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.dicom.Dataset;
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
                .refusal(change.apply(flair()))
                .map(Eligibility.Refusal::rule)
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
    void anAxialFlairOfTheBrainIsEligible() {
        assertThat(rule(header -> header)).isEqualTo("eligible");
        assertThat(rule(header ->
                        header.put(Tag.SeriesDescription, "dark fluid").put(Tag.ProtocolName, "FLAIR_tra")))
                .isEqualTo("eligible");
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
    }

    @Test
    void whatIsAbsentIsNotGuessed() {
        assertThat(without(Tag.Modality)).isEqualTo("modality");
        assertThat(without(Tag.PhotometricInterpretation)).isEqualTo("photometric-interpretation");
        assertThat(without(Tag.Rows)).isEqualTo("image-size");
        assertThat(without(Tag.ImageType)).isEqualTo("image-type");
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

    @Test
    void functionalGroupsMustAllAgree() {
        Dataset axial = new Dataset().put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
        Dataset coronal = new Dataset().put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "0", "-1");
        Dataset enhanced = new Dataset();
        Dataset classic = flair();
        enhanced.copy(
                classic,
                Tag.Modality,
                Tag.ImageType,
                Tag.PhotometricInterpretation,
                Tag.Rows,
                Tag.Columns,
                Tag.BodyPartExamined,
                Tag.SeriesDescription);
        enhanced.putItems(Tag.PerFrameFunctionalGroupsSequence, List.of(group(axial), group(axial)));
        assertThat(rule(ignored -> enhanced)).isEqualTo("eligible");
        enhanced.putItems(Tag.PerFrameFunctionalGroupsSequence, List.of(group(axial), group(coronal)));
        assertThat(rule(ignored -> enhanced)).isEqualTo("orientation");
    }

    private static Dataset group(Dataset orientation) {
        return new Dataset().putItems(Tag.PlaneOrientationSequence, List.of(orientation));
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
        Dataset header = new Dataset()
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
        return CHILDREN.refusal(header).map(Eligibility.Refusal::rule).orElse("eligible");
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
        assertThat(Eligibility.NONE.refusal(flair()).map(Eligibility.Refusal::rule))
                .hasValue("modality");
    }
}
