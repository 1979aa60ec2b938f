package org.rigatino.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RegionOverlapTest {
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
        // the small one is missed at every threshold
        assertThat(area(map, mask(true))).isCloseTo(0.5, within(1e-9));
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
        RegionOverlap overlap = new RegionOverlap();
        overlap.add(map, mask, SIDE);
        return overlap.area();
    }

    @Test
    void diceCountsAllPixelsTogether() {
        float[] scores = {3, 3, 1, 1};
        boolean[] abnormal = {true, false, true, false};
        assertThat(PixelMetrics.dice(scores, abnormal, 2)).isEqualTo(0.5);
        assertThat(PixelMetrics.dice(scores, abnormal, 0)).isCloseTo(2.0 * 2 / 6, within(1e-12));
    }
}
