package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;

/** The releases in the repository as they are. */
class ShippedReleasesTest {
    private static final long LARGEST = 25_000_000;
    private static final int SIDE = 64;

    @Test
    void areSealedSmallMeasuredAndCarryACard() throws IOException {
        List<ModelRelease> releases = Releases.all();
        assertThat(releases).extracting(ModelRelease::name).contains("brain-flair");
        for (ModelRelease release : releases) {
            assertThat(release.directory()).hasToString("models/" + release.name() + "/" + release.version());
            assertThat(Files.size(release.directory().resolve(ModelRelease.WEIGHTS_FILE)))
                    .isLessThan(LARGEST);
            assertThat(release.directory().resolve("README.md")).content().contains("Not for diagnostic use");
            Optional<ReleaseMetrics> measured = ReleaseMetrics.of(release);
            assertThat(measured)
                    .as(
                            "%s in %s: evaluate --model %s --data FOLDER --record writes it",
                            ReleaseMetrics.FILE, release.directory(), release.directory())
                    .isPresent();
            assertThat(measured.orElseThrow().metrics())
                    .as("%s in %s", ReleaseMetrics.FILE, release.directory())
                    .containsKeys("image_auroc", "image_auroc_interval", "baselines");
            assertThat(release.file().limits()).isNotEmpty();
        }
    }

    /** Weights, spread and likeness byte for byte, and all of its file but for some fields. */
    private static void assertKeeps(ModelRelease release, ModelRelease before, String... butFor) {
        for (String file : List.of(ModelRelease.WEIGHTS_FILE, ModelRelease.SPREAD_FILE, ModelRelease.LIKENESS_FILE)) {
            assertThat(release.directory().resolve(file))
                    .hasSameBinaryContentAs(before.directory().resolve(file));
        }
        assertThat(release.file())
                .usingRecursiveComparison()
                .ignoringFields(butFor)
                .isEqualTo(before.file());
    }

    @Test
    void theFifthHeadJudgesAsTheFourthWhichServesWhereItDid() throws IOException {
        ModelRelease fourth = Releases.of("brain-flair/4");
        ModelRelease fifth = Releases.of("brain-flair/5");
        assertKeeps(fifth, fourth, "version", "redrawing.around", "training.recipe");
        assertThat(fourth.file().redrawing().around()).isZero();
        assertThat(fifth.file().redrawing().around()).isEqualTo(3);
        assertThat(fifth.file().training().recipe().get("redrawing")).asString().contains(fourth.digest());
        assertThat(Releases.shipped())
                .extracting(ModelRelease::model)
                .contains("brain-flair/6")
                .doesNotContain("brain-flair/4", "brain-flair/5");
    }

    @Test
    void theSixthHeadDrawsAsTheFifthAndReadsAndJoinsWhatItDraws() throws IOException {
        ModelRelease fifth = Releases.of("brain-flair/5");
        ModelRelease sixth = Releases.of("brain-flair/6");
        assertKeeps(
                sixth,
                fifth,
                "version",
                "reader",
                "scoring.acrossSlices",
                "calibration",
                "studies",
                "training.recipe",
                "limits");
        assertThat(sixth.file().scoring().acrossSlices()).isEqualTo(0.5);
        assertThat(sixth.file().reader().training().recipe().toString()).contains(fifth.digest());
        assertThat(sixth.file().calibration().usualLevel())
                .isEqualTo(fifth.file().calibration().usualLevel());
        assertThat(sixth.file().studies().scores()).hasSize(19);
    }

    /** What the releases drew when they were made: eight cells, to the precision that processors agree on. */
    @ParameterizedTest
    @CsvSource({
        "brain-flair/4, -0.99917275 -0.99805623 -0.369514 -0.13670339 -0.25902537 -0.29749727 -0.93986094 -0.99977154",
        "brain-flair/5, -0.99917275 -0.99805623 -0.369514 -0.13670339 -0.25902537 -0.29749727 -0.93986094 -0.99977154",
        "brain-flair/6, -0.99917275 -0.99805623 -0.369514 -0.13670339 -0.25902537 -0.29749727 -0.93986094 -0.99977154",
        "chest-xray-paediatric/2, -0.45548007 -0.4698955 -0.21373276 0.012991902 0.013176695 -0.20936356 -0.3923883 -0.5200332"
    })
    void drawWhatTheyDrewWhenTheyWereMade(String name, String cells) throws IOException {
        ModelRelease release = Releases.of(name);
        try (Restorer restorer = Restorer.open(release, "cpu", 1)) {
            float[] drawn = restorer.restore(waves());
            String[] expected = cells.split(" ");
            for (int i = 0; i < expected.length; i++) {
                double cell = drawn[(4 + 8 * i) * SIDE + SIDE - 8 - 7 * i];
                assertThat(cell).as("cell %d", i).isCloseTo(Double.parseDouble(expected[i]), within(1e-4));
            }
        }
    }

    /** What is calibrated and evaluated is what is served, to the last bit: alone, in a full batch, in what is left over. */
    @ParameterizedTest
    @CsvSource({"brain-flair/5", "chest-xray-paediatric/2"})
    void drawAnImageAlikeAloneAndInCompany(String name) throws IOException {
        ModelRelease release = Releases.of(name);
        try (Restorer restorer = Restorer.open(release, "cpu", Restorer.BATCH)) {
            List<Frame> frames = new ArrayList<>();
            for (int i = 0; i <= Restorer.BATCH; i++) {
                frames.add(head(i));
            }
            List<RestoredFrame> together = restorer.restore(frames);
            for (int i = 0; i < frames.size(); i++) {
                RestoredFrame alone = restorer.restore(frames.subList(i, i + 1)).get(0);
                assertThat(Arrays.equals(alone.restored(), together.get(i).restored()))
                        .as("scored alike, %d alone and in its study", i)
                        .isTrue();
                assertThat(Arrays.equals(alone.onSource(), together.get(i).onSource()))
                        .as("shown alike, %d alone and in its study", i)
                        .isTrue();
                assertThat(Arrays.equals(restorer.restore(alone.input()), alone.restored()))
                        .as("calibrated as it is scored, %d", i)
                        .isTrue();
            }
        }
    }

    /** With something bright inside, which is drawn twice. */
    private static Frame head(int number) {
        float[] values = new float[100 * 90];
        for (int i = 0; i < values.length; i++) {
            int row = i / 90;
            int column = i % 90;
            boolean inside = Math.hypot((row - 50) / 40.0, (column - 45) / 30.0) < 1;
            boolean bright = Math.hypot(row - 40 - number, column - 30) < 8;
            values[i] = inside ? (float) (200 + 40 * Math.sin(row / 5.0) + (bright ? 300 : 0)) : 0;
        }
        FrameReference reference = new FrameReference("1", "2", "3", "4", 1 + number);
        return new Frame(reference, 100, 90, values, new byte[values.length], Optional.empty(), Optional.empty());
    }

    private static float[] waves() {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            int row = i / SIDE;
            int column = i % SIDE;
            boolean inside = Math.hypot(row - SIDE / 2, column - SIDE / 2) < 0.4 * SIDE;
            values[i] = inside ? (float) (0.4 * Math.sin(row / 5.0) * Math.cos(column / 7.0)) : -0.6f;
        }
        return values;
    }

    @Test
    void brainFlairTakesFlairAndNoOtherContrast() throws IOException {
        ModelReleases releases = ModelReleases.ofAll(Releases.shipped());
        for (String flair : List.of("AX T2 FLAIR", "t2_flair_tra", "AX T1 REMAPPED FLAIR-LIKE (SIMULATED)")) {
            assertThat(releases.choose(axialHead(flair), 1).release().name()).isEqualTo("brain-flair");
        }
        for (String other : List.of("AX T1 FLAIR", "AX T1W_TSE_FLAIR", "AX FLAIR SUB", "AX T2", "DWI")) {
            assertThat(releases.choose(axialHead(other), 1).refusal().rule())
                    .as(other)
                    .isEqualTo("series-description");
        }
    }

    private static Dataset axialHead(String seriesDescription) {
        return new Dataset()
                .put(Tag.Modality, "MR")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, 256)
                .put(Tag.Columns, 256)
                .put(Tag.BodyPartExamined, "HEAD")
                .put(Tag.SeriesDescription, seriesDescription)
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
    }
}
