package org.rigatino.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

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
        java.util.Random random = new java.util.Random(2);
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
}
