package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.Framing;
import org.rigatino.image.GrayFrames;
import org.rigatino.image.ModelGrid;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Scoring;
import org.rigatino.restore.ValueRange;

class FindingsTest {
    private static final FrameReference REFERENCE = new FrameReference("1", "2", "3", "4", 1);

    @Test
    void aBrighterSpotIsScoredWhereItLies(@TempDir Path models) throws IOException {
        ModelRelease release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        int size = Releases.SIZE;
        Frame frame = new Frame(
                REFERENCE,
                size,
                size,
                new float[size * size],
                new byte[size * size],
                Optional.empty(),
                Optional.empty());
        float[] input = new float[size * size];
        float[] restored = new float[size * size];
        for (int i = 0; i < input.length; i++) {
            boolean spot = i / size >= 8 && i / size < 16 && i % size >= 20 && i % size < 28;
            input[i] = spot ? 1 : 0;
            restored[i] = i / size > 24 ? 1 : 0;
        }
        ModelGrid grid = ModelGrid.of(frame, Framing.WHOLE, size);
        RestoredFrame drawn =
                new RestoredFrame(frame, grid, input, restored, OptionalDouble.empty(), new ValueRange(-1, 1));
        ImageFinding finding = Findings.of(drawn, release);

        assertThat(finding.map()[12 * size + 24]).isCloseTo(2, within(0.01f));
        assertThat(finding.map()[12 * size + 4]).isZero();
        assertThat(finding.map()[28 * size + 4]).as("darker does not count").isZero();
        assertThat(finding.score()).isCloseTo(2, within(0.01));
        assertThat(finding.percentile()).isEqualTo(25);
        assertThat(finding.flagged()).isFalse();
        assertThat(finding.modelDigest()).isEqualTo(release.digest());
        assertThat(finding.reference()).isEqualTo(REFERENCE);
    }

    /** What departs beside the chest counts for the score and is not shown. */
    @Test
    void aChestIsScoredWholeAndShownWithinTheThorax() throws IOException {
        ModelRelease release = Releases.shipped().stream()
                .filter(chest -> chest.name().startsWith("chest-xray"))
                .findFirst()
                .orElseThrow();
        int size = release.file().grid().size();
        Frame frame = GrayFrames.of8Bit(REFERENCE, size, size, new byte[size * size]);
        float[] input = new float[size * size];
        for (int row = 0; row < size / 8; row++) {
            Arrays.fill(input, row * size, row * size + size / 8, 1);
        }
        RestoredFrame drawn = new RestoredFrame(
                frame,
                ModelGrid.of(frame, Framing.WHOLE, size),
                input,
                new float[size * size],
                OptionalDouble.empty(),
                new ValueRange(-1, 1));
        ImageFinding finding = Findings.of(drawn, release);
        Calibration calibration = release.file().calibration();
        float[] all = Findings.onGrid(drawn, release.file().scoring(), release.spread(), calibration);

        assertThat(all[0]).isGreaterThan(3);
        assertThat(finding.map()).containsOnly(0f);
        assertThat(finding.score())
                .isPositive()
                .isEqualTo(Findings.score(
                        all, OptionalDouble.empty(), release.file().scoring(), calibration));
    }

    private static ImageFinding finding(double score, double percentile, boolean flagged) {
        return new ImageFinding(REFERENCE, "digest", score, percentile, flagged, new float[0]);
    }

    @Test
    void aStudyRanksAsItsHighestImage() {
        ImageFinding low = finding(1, 20, false);
        ImageFinding middle = finding(2, 60, false);
        ImageFinding high = finding(9, 100, true);
        ImageFinding higher = finding(12, 100, true);
        assertThat(Findings.ofStudy(List.of())).isEmpty();
        assertThat(Findings.ofStudy(List.of(low))).hasValue(new StudyFinding(20, Priority.LOW, low));
        assertThat(Findings.ofStudy(List.of(low, middle, low))).hasValue(new StudyFinding(60, Priority.MEDIUM, middle));
        assertThat(Findings.ofStudy(List.of(high, middle, higher, low)))
                .hasValue(new StudyFinding(100, Priority.HIGH, higher));
    }

    @Test
    void theCriticsDoubtIsAddedInUnitsOfTheNormals() {
        float[] map = {1, 3, 0, 0};
        Scoring differences = new Scoring(Scoring.Sign.BOTH, 0, 0.5, 1);
        Scoring both = new Scoring(Scoring.Sign.BOTH, 0, 0.5, 1, 0.5, 0);
        Calibration calibration = new Calibration(List.of(0.0), 0.95, 0, 0, new Calibration.Standard(1, 2, 10, 4), 0);
        assertThat(Findings.score(map, OptionalDouble.of(2), differences, calibration))
                .isEqualTo(2);
        assertThat(Findings.score(map, OptionalDouble.of(2), both, calibration)).isEqualTo((2 - 1) / 2.0 + 0.5 * 2);
        assertThat(Findings.score(map, OptionalDouble.empty(), both, calibration))
                .isEqualTo(0.5);
    }
}
