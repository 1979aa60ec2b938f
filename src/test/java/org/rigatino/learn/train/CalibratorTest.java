package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.Restoration;
import org.rigatino.restore.Scoring;

class CalibratorTest {
    private static final int SIDE = 8;

    /** Restores nothing: the difference is the image itself. Its critic doubts by the first cell. */
    private static final class Blank implements Restoration {
        @Override
        public float[] restore(float[] values) {
            return new float[values.length];
        }

        @Override
        public OptionalDouble critic(float[] values) {
            return OptionalDouble.of(5 - values[0]);
        }
    }

    private static List<TrainingImage> normals(int count) {
        SplittableRandom random = new SplittableRandom(1);
        List<TrainingImage> images = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            float[] values = new float[SIDE * SIDE];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-1, 1);
            }
            images.add(new TrainingImage(values, new boolean[SIDE * SIDE]));
        }
        return images;
    }

    private static List<String> ofOne(List<TrainingImage> images) {
        return Collections.nCopies(images.size(), "one");
    }

    @Test
    void aScoreWithTheCriticIsTheSumOfTwoStandardScores() {
        List<TrainingImage> normals = normals(40);
        Scoring differences = new Scoring(Scoring.Sign.BOTH, 0, 1, 1);
        Scoring critic = new Scoring(Scoring.Sign.BOTH, 0, 1, 1, 2, 0);
        Calibration alone = new Calibrator(differences, SIDE, 0.95)
                .calibrate(normals, ofOne(normals), new Blank())
                .calibration();
        Calibration both = new Calibrator(critic, SIDE, 0.95)
                .calibrate(normals, ofOne(normals), new Blank())
                .calibration();
        assertThat(alone.standard()).isNull();
        double mean =
                alone.scores().stream().mapToDouble(score -> score).average().orElseThrow();
        double first = normals.stream()
                .mapToDouble(image -> image.values()[0])
                .average()
                .orElseThrow();
        assertThat(both.standard().mean()).isCloseTo(mean, within(1e-6));
        assertThat(both.standard().criticMean()).isCloseTo(5 - first, within(1e-6));
        assertThat(both.scores().stream().mapToDouble(score -> score).sum()).isCloseTo(0, within(1e-6));
        assertThat(both.scores().stream()
                        .filter(score -> score < both.threshold())
                        .count())
                .isEqualTo(38);
    }

    @Test
    void theUsualLevelIsTheMedianOfTheNormals() {
        Scoring own = new Scoring(Scoring.Sign.BOTH, 0, 1, 1, 0, 0.5);
        List<TrainingImage> normals = normals(21);
        Calibrated calibrated = new Calibrator(own, SIDE, 0.95).calibrate(normals, ofOne(normals), new Blank());
        double[] levels = normals.stream()
                .mapToDouble(image -> DifferenceMap.level(image.values(), calibrated.spread(), SIDE * SIDE, own))
                .sorted()
                .toArray();
        assertThat(calibrated.calibration().usualLevel()).isEqualTo(levels[10]).isPositive();
    }

    /** Reads a quarter in the upper half of every image, and all of the lower: scores of the upper half are a quarter. */
    private static final class Reading implements Restoration {
        @Override
        public float[] restore(float[] values) {
            return new float[values.length];
        }

        @Override
        public Optional<float[]> reading(float[] values, float[] restored) {
            float[] reading = new float[values.length];
            Arrays.fill(reading, 0, values.length / 2, 0.25f);
            Arrays.fill(reading, values.length / 2, values.length, 1);
            return Optional.of(reading);
        }
    }

    @Test
    void whatIsReadWeighsScoresAndLeavesTheSpread() {
        Scoring whole = new Scoring(Scoring.Sign.BOTH, 0, 1, 1);
        List<TrainingImage> normals = normals(30);
        Calibrator calibrator = new Calibrator(whole, SIDE, 0.95);
        Calibrated plain = calibrator.calibrate(normals, ofOne(normals), new Blank());
        Calibrated read = calibrator.calibrate(normals, ofOne(normals), new Reading());
        assertThat(read.spread()).isEqualTo(plain.spread());
        List<Double> expected = normals.stream()
                .map(image -> {
                    float[] map = DifferenceMap.overSpread(image.values(), plain.spread(), whole, 0);
                    double sum = 0;
                    for (int i = 0; i < map.length; i++) {
                        sum += map[i] * (i < map.length / 2 ? 0.25 : 1);
                    }
                    return sum / map.length;
                })
                .sorted()
                .toList();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(read.calibration().scores().get(i)).isCloseTo(expected.get(i), within(1e-6));
        }
        assertThat(read.calibration().threshold())
                .isLessThan(plain.calibration().threshold());
    }

    @Test
    void aWeightForACriticThatIsNotThereIsRefused() {
        Scoring critic = new Scoring(Scoring.Sign.BOTH, 0, 1, 1, 2, 0);
        Restoration without = values -> new float[values.length];
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Calibrator(critic, SIDE, 0.95).calibrate(normals(20), ofOne(normals(20)), without))
                .withMessageContaining("--release-critic");
    }
}
