package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functional groups belong to the SOP classes whose IOD has them (PS3.3 C.7.6.16), not to whoever carries a sequence. */
class FunctionalGroupsTest {
    private static final String ROOT = "1.2.840.10008.5.1.4.1.1.";
    private static final Dataset SPACING = new Dataset().put(Tag.PixelSpacing, "2", "2");
    private static final Dataset GROUPS = new Dataset().putItems(Tag.PixelMeasuresSequence, List.of(SPACING));

    private static Dataset header(String sopClass, int frames) {
        return new Dataset()
                .put(Tag.SOPClassUID, ROOT + sopClass)
                .put(Tag.NumberOfFrames, frames)
                .put(Tag.PixelSpacing, "1", "1");
    }

    private static Dataset perFrame(Dataset header, int items) {
        return header.putItems(
                Tag.PerFrameFunctionalGroupsSequence,
                IntStream.range(0, items).mapToObj(i -> new Dataset()).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "2", "1", "1.1", "7", "12.1", "128", "3.1", "20"})
    void classicInstanceIsReadAsIfItHadNone(String sopClass) throws DicomException {
        for (Dataset header : List.of(
                header(sopClass, 1),
                header(sopClass, 1).putItems(Tag.SharedFunctionalGroupsSequence, List.of()),
                header(sopClass, 1).putItems(Tag.SharedFunctionalGroupsSequence, List.of(GROUPS)),
                perFrame(header(sopClass, 1), 0),
                perFrame(header(sopClass, 1), 3))) {
            FunctionalGroups groups = FunctionalGroups.of(header, 1);
            assertThat(groups.present()).isFalse();
            assertThat(groups.has(Tag.PixelMeasuresSequence)).isTrue();
            assertThat(groups.macro(Tag.PixelMeasuresSequence).doubles(Tag.PixelSpacing))
                    .containsExactly(1, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.1",
                "2.2",
                "4.1",
                "4.3",
                "4.4",
                "6.2",
                "12.1.1",
                "12.2.1",
                "13.1.1",
                "13.1.2",
                "13.1.3",
                "13.1.4",
                "13.1.5",
                "30",
                "66.4",
                "77.1.5.4",
                "77.1.6",
                "128.1",
                "130"
            })
    void enhancedInstanceIsReadByItsGroupsAlone(String sopClass) throws DicomException {
        Dataset header = perFrame(header(sopClass, 2), 2);
        header.putItems(Tag.SharedFunctionalGroupsSequence, List.of(GROUPS));
        FunctionalGroups groups = FunctionalGroups.of(header, 2);
        assertThat(groups.present()).isTrue();
        assertThat(groups.macro(Tag.PixelMeasuresSequence).doubles(Tag.PixelSpacing))
                .containsExactly(2, 2);
        assertThat(groups.has(Tag.PlanePositionSequence)).isFalse();
        assertThat(groups.macro(Tag.PlanePositionSequence).contains(Tag.PixelSpacing))
                .isFalse();
        for (int items : new int[] {0, 1, 3}) {
            assertThatThrownBy(() -> FunctionalGroups.of(perFrame(header(sopClass, 2), items), 1))
                    .as(items + " items")
                    .isInstanceOf(DicomException.class)
                    .hasMessageContaining("Number of Frames is 2");
        }
        FunctionalGroups none = FunctionalGroups.of(header(sopClass, 1), 1);
        assertThat(none.present()).isTrue();
        assertThat(none.has(Tag.PixelMeasuresSequence)).isFalse();
        assertThat(none.macro(Tag.PixelMeasuresSequence).contains(Tag.PixelSpacing))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.1", "7.2", "7.3", "7.4"})
    void multiFrameSecondaryCaptureHasThemWhereItHasAnItem(String sopClass) throws DicomException {
        assertThat(FunctionalGroups.of(perFrame(header(sopClass, 2), 0), 1).present())
                .isFalse();
        assertThat(FunctionalGroups.of(perFrame(header(sopClass, 2), 2), 1).present())
                .isTrue();
    }

    @Test
    void macroOfTwoItemsSaysNothing() {
        Dataset header = perFrame(header("4.1", 1), 1);
        header.putItems(
                Tag.SharedFunctionalGroupsSequence,
                List.of(new Dataset().putItems(Tag.PixelMeasuresSequence, List.of(SPACING, SPACING))));
        assertThatThrownBy(() -> FunctionalGroups.of(header, 1).macro(Tag.PixelMeasuresSequence))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("2 items");
    }

    @Test
    void storageClassesOfRadiotherapyHaveAnotherRoot() {
        assertThat(SopClass.isStorage("1.2.840.10008.5.1.4.34.7")).isTrue();
        assertThat(SopClass.isStorage("1.2.840.10008.5.1.4.34.10")).isTrue();
        assertThat(SopClass.isStorage(ROOT + "4")).isTrue();
        assertThat(SopClass.isStorage("1.2.840.10008.5.1.4.34.6.1"))
                .as("a work item")
                .isFalse();
        assertThat(SopClass.isStorage("1.2.840.10008.5.1.4.38.1"))
                .as("no study")
                .isFalse();
    }
}
