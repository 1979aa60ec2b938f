package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rigatino.restore.Restoration;
import org.rigatino.restore.Scoring;

class ValidationTest {
    private static final int SIDE = 8;
    private static final Scoring BRIGHTER = new Scoring(Scoring.Sign.BRIGHTER, 0, 0.1, 1);

    private static TrainingImage flat(float value) {
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, value);
        return new TrainingImage(values, new boolean[SIDE * SIDE]);
    }

    private static PatientImage pool(float value, Boolean abnormal) {
        return new PatientImage(
                flat(value), "p" + value, Optional.ofNullable(abnormal), Optional.empty(), value + ".png");
    }

    private static Map<String, Double> measure(List<PatientImage> pool) {
        List<TrainingImage> heldBack = List.of(flat(0.1f), flat(-0.3f));
        Validation validation = new Validation(heldBack, pool, new Calibrator(BRIGHTER, SIDE, 0.95));
        return validation.measure(values -> new float[values.length]);
    }

    @Test
    void differenceIsTheMeanOverImages() {
        assertThat(measure(List.of())).hasSize(1);
        assertThat(measure(List.of()).get(Validation.DIFFERENCE)).isCloseTo(0.2, within(1e-7));
    }

    /** Restored to 0 everywhere, images rank by brightness: 0.2 < 0.3 < 0.4, the abnormal one above one normal of two. */
    @Test
    void aucOfThePoolIsTheShareOfPairsInOrder() {
        List<PatientImage> pool = List.of(pool(0.2f, false), pool(0.3f, true), pool(0.4f, false), pool(0.9f, null));
        assertThat(measure(pool).get(Validation.POOL_AUROC)).isEqualTo(0.5);
        assertThat(measure(List.of(pool(0.2f, false), pool(0.3f, true))).get(Validation.POOL_AUROC))
                .isEqualTo(1.0);
    }

    @Test
    void aPoolOfOneLabelOrOfNoneIsNotRanked() {
        assertThat(measure(List.of(pool(0.2f, true)))).doesNotContainKey(Validation.POOL_AUROC);
        assertThat(measure(List.of(pool(0.2f, null)))).doesNotContainKey(Validation.POOL_AUROC);
    }

    /** Of images of 0.1 and -0.3 a reader says as much as they depart from -1, over 2: 0.55 and 0.35. */
    @Test
    void whatIsReadInNormalsIsTheMeanOverImages() {
        Validation validation =
                new Validation(List.of(flat(0.1f), flat(-0.3f)), List.of(), new Calibrator(BRIGHTER, SIDE, 0.95));
        Map<String, Double> measured = validation.measure(new Restoration() {
            @Override
            public float[] restore(float[] values) {
                float[] black = new float[values.length];
                Arrays.fill(black, -1);
                return black;
            }

            @Override
            public Optional<float[]> reading(float[] values, float[] restored) {
                float[] reading = new float[values.length];
                for (int i = 0; i < reading.length; i++) {
                    reading[i] = (values[i] - restored[i]) / 2;
                }
                return Optional.of(reading);
            }
        });
        assertThat(measured.get(Validation.READING)).isCloseTo(0.45, within(1e-6));
        assertThat(measure(List.of())).doesNotContainKey(Validation.READING);
    }

    @Test
    void ofALargePoolBothEndsAreLookedAt() {
        List<PatientImage> pool = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            pool.add(pool(i / 1000f, i >= 500));
        }
        assertThat(measure(pool).get(Validation.POOL_AUROC)).isEqualTo(1.0);
    }
}
