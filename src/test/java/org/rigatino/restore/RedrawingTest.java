package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedrawingTest {
    private static final int SIDE = 8;

    private static int[] cells(Redrawing redrawing, float[] map, boolean[] foreground) {
        boolean[] region = redrawing.region(map, 2, foreground, SIDE);
        return IntStream.range(0, region.length).filter(i -> region[i]).toArray();
    }

    private static boolean[] everywhere() {
        boolean[] all = new boolean[SIDE * SIDE];
        Arrays.fill(all, true);
        return all;
    }

    @Test
    void aRegionGrowsFromWhatDepartsOverWhatDepartsLess() {
        float[] map = new float[SIDE * SIDE];
        map[9] = 4;
        map[10] = 2;
        map[19] = 2;
        map[20] = 1.9f;
        map[36] = 2;
        assertThat(cells(new Redrawing(2, 1, 0, 0, 0), map, everywhere()))
                .as("36 reaches no cell that departs enough")
                .containsExactly(9, 10, 19);
        assertThat(cells(new Redrawing(2.1, 1, 0, 0, 0), map, everywhere())).isEmpty();
    }

    @Test
    void aMarginStaysInsideThePatientAndTheGrid() {
        float[] map = new float[SIDE * SIDE];
        map[0] = 4;
        boolean[] foreground = everywhere();
        foreground[9] = false;
        assertThat(cells(new Redrawing(1, 1, 1, 0, 0), map, foreground)).containsExactly(0, 1, 8);
        assertThat(cells(new Redrawing(1, 1, 2, 0, 0), map, everywhere()))
                .containsExactly(0, 1, 2, 8, 9, 10, 16, 17, 18);
    }

    @Test
    void ofABlankedRegionTheNetworkSeesNothing() {
        float[] input = {-1, -0.5f, 0.9f};
        assertThat(Redrawing.blanked(input, new boolean[] {false, true, true})).containsExactly(-1, 1, 1);
        assertThat(input[1]).isEqualTo(-0.5f);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Redrawing(1, 2, 0, 0, 0))
                .withMessageContaining("from at or above to");
        assertThatIllegalArgumentException().isThrownBy(() -> new Redrawing(1, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Redrawing(1, 1, -1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Redrawing(1, 1, 0, 1.1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Redrawing(1, 1, 0, 0, -1))
                .withMessageContaining("around of 0, or 0.1 to 256");
        assertThatIllegalArgumentException().isThrownBy(() -> new Redrawing(1, 1, 0, 0, 1e-170));
        assertThatIllegalArgumentException().isThrownBy(() -> new Redrawing(1, 1, 0, 0, 257));
        assertThatIllegalArgumentException().isThrownBy(() -> new Redrawing(1, 1, 0, 0, Double.NaN));
    }
}
