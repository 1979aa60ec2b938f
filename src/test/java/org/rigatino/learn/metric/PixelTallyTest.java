package org.rigatino.learn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rigatino.restore.Estimate;

class PixelTallyTest {
    private static final int SIDE = 40;

    private static boolean[] mask(boolean withSmall) {
        boolean[] mask = new boolean[SIDE * SIDE];
        for (int i = 0; i < mask.length; i++) {
            boolean large = i / SIDE >= 4 && i / SIDE < 14 && i % SIDE >= 4 && i % SIDE < 14;
            boolean small = i / SIDE >= 30 && i / SIDE < 32 && i % SIDE >= 30 && i % SIDE < 32;
            mask[i] = large || withSmall && small;
        }
        return mask;
    }

    @Test
    void aPerfectMapHasAllOfIt() {
        boolean[] mask = mask(true);
        float[] map = new float[mask.length];
        for (int i = 0; i < map.length; i++) {
            map[i] = mask[i] ? 1 : 0;
        }
        assertThat(area(map, mask)).isCloseTo(1, within(1e-9));
    }

    @Test
    void regionsCountAlikeWhateverTheirSize() {
        boolean[] large = mask(false);
        float[] map = new float[large.length];
        for (int i = 0; i < map.length; i++) {
            map[i] = large[i] ? 1 : 0;
        }
        // the small one is tied with all normal pixels: from (0, 0.5) the curve runs straight to (1, 1)
        assertThat(area(map, mask(true))).isCloseTo(0.5 + 0.5 * 0.3 / 2, within(1e-9));
    }

    @Test
    void anUninformedMapGainsAsItLosesOnNormals() {
        Random random = new Random(2);
        boolean[] mask = mask(false);
        float[] map = new float[mask.length];
        for (int i = 0; i < map.length; i++) {
            map[i] = random.nextFloat();
        }
        assertThat(area(map, mask)).isCloseTo(0.15, within(0.06));
    }

    private static double area(float[] map, boolean[] mask) {
        PixelTally tally = new PixelTally(OptionalDouble.empty());
        tally.add(0, map, mask, SIDE);
        return tally.measure(new Bootstrap(1, 10, 1)).get("aupro").value();
    }

    @Test
    void diceCountsAllPixelsTogether() {
        float[] scores = {3, 3, 1, 1};
        boolean[] abnormal = {true, false, true, false};
        assertThat(dice(scores, abnormal, 2)).isEqualTo(0.5);
        assertThat(dice(scores, abnormal, 0)).isCloseTo(2.0 * 2 / 6, within(1e-12));
    }

    private static double dice(float[] map, boolean[] mask, double threshold) {
        PixelTally tally = new PixelTally(OptionalDouble.of(threshold));
        tally.add(0, map, mask, map.length);
        return tally.measure(new Bootstrap(1, 10, 1)).get("dice").value();
    }

    private static final float[] TIED = {0, 1, 1, 2, 3, 3, 5, 5, 0, 0, 2, 4, 4, 6, 7, 8};
    private static final boolean[] FOUR_REGIONS = {
        false, false, true, false,
        true, false, true, true,
        false, false, false, false,
        true, false, true, true
    };

    /**
     * Computed with numpy from the definitions: all pairs; precision at each distinct value (as in scikit-learn);
     * scipy.ndimage.label with eight neighbours, the curve through the shares at each distinct value, its trapezoids up
     * to 0.3.
     */
    @Test
    void tiedValuesCountAsTheDefinitionsSay() {
        PixelTally tally = new PixelTally(OptionalDouble.empty());
        tally.add(0, TIED, FOUR_REGIONS, 4);
        Map<String, Estimate> measured = tally.measure(new Bootstrap(1, 10, 1));
        assertThat(measured.get("pixel_auroc").value()).isCloseTo(0.8174603174603174, within(1e-12));
        assertThat(measured.get("pixel_ap").value()).isCloseTo(0.7884877027734171, within(1e-12));
        assertThat(measured.get("aupro").value()).isCloseTo(0.4887345679012345, within(1e-12));
        assertThat(measured).doesNotContainKey("dice");
    }

    @Test
    void imagesAddUpAndBinsOfTheIntervalsAreFineEnough() {
        PixelTally tally = new PixelTally(OptionalDouble.of(1.5));
        Random random = new Random(6);
        float[] scores = new float[8 * SIDE * SIDE];
        boolean[] abnormal = new boolean[scores.length];
        for (int image = 0; image < 8; image++) {
            boolean[] mask = image % 2 == 0 ? mask(true) : new boolean[SIDE * SIDE];
            float[] map = new float[mask.length];
            for (int i = 0; i < map.length; i++) {
                map[i] = (float) (random.nextGaussian() + (mask[i] ? 1.5 : 0));
            }
            tally.add(0, map, mask, SIDE);
            System.arraycopy(map, 0, scores, image * map.length, map.length);
            System.arraycopy(mask, 0, abnormal, image * map.length, map.length);
        }
        // one patient: every draw is the same, so the interval is the number from coarse bins
        Map<String, Estimate> measured = tally.measure(new Bootstrap(1, 3, 1));
        Ranking exact = Ranking.of(scores, abnormal);
        assertThat(measured.get("pixel_auroc").value()).isCloseTo(exact.auroc(), within(1e-4));
        assertThat(measured.get("pixel_ap").value()).isCloseTo(exact.averagePrecision(), within(1e-3));
        for (String name : List.of("pixel_auroc", "pixel_ap", "aupro", "dice")) {
            Estimate estimate = measured.get(name);
            assertThat(estimate.low()).as(name).isCloseTo(estimate.value(), within(5e-3));
            assertThat(estimate.high()).as(name).isEqualTo(estimate.low());
        }
    }

    @Test
    void anIntervalSpansWhatPatientsDifferBy() {
        PixelTally tally = new PixelTally(OptionalDouble.of(0.5));
        boolean[] mask = mask(false);
        for (int patient = 0; patient < 2; patient++) {
            float[] map = new float[mask.length];
            for (int i = 0; i < map.length; i++) {
                map[i] = mask[i] == (patient == 0) ? 1 : 0;
            }
            tally.add(patient, map, mask, SIDE);
        }
        Estimate auroc = tally.measure(new Bootstrap(2, 400, 1)).get("pixel_auroc");
        assertThat(auroc.low()).isZero();
        assertThat(auroc.high()).isEqualTo(1);
        assertThat(auroc.value()).isCloseTo(0.5, within(1e-9));
    }
}
