package org.rigatino.learn.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CurveTest {
    private static final float[] SCORES = {3, 2, 2, 1, 0};
    private static final boolean[] POSITIVE = {true, true, false, false, true};

    @Test
    void tiedItemsMoveTheRocInOneStep() {
        assertThat(Curve.roc(SCORES, POSITIVE).points())
                .containsExactly(
                        new Curve.Point(0, 0),
                        new Curve.Point(0, 1 / 3.0),
                        new Curve.Point(0.5, 2 / 3.0),
                        new Curve.Point(1, 2 / 3.0),
                        new Curve.Point(1, 1));
    }

    @Test
    void precisionIsOfAllThatIsTaken() {
        assertThat(Curve.precisionRecall(SCORES, POSITIVE).points())
                .containsExactly(
                        new Curve.Point(1 / 3.0, 1),
                        new Curve.Point(2 / 3.0, 2 / 3.0),
                        new Curve.Point(2 / 3.0, 0.5),
                        new Curve.Point(1, 0.6));
    }
}
