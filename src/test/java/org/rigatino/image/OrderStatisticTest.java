package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderStatisticTest {
    @Test
    void everyPlaceIsThatOfTheSortedValues() {
        Random random = new Random(1);
        float[] values = new float[500];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 == 0 ? random.nextInt(5) - 2 : Float.intBitsToFloat(random.nextInt());
        }
        float[] odd = {
            0, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE
        };
        System.arraycopy(odd, 0, values, 7, odd.length);
        float[] sorted = values.clone();
        Arrays.sort(sorted);

        float[] found = new float[values.length];
        for (int rank = 0; rank < found.length; rank++) {
            found[rank] = OrderStatistic.of(values, values.length, rank);
        }

        assertThat(found).containsExactly(sorted);
        assertThat(Float.floatToIntBits(found[0])).isEqualTo(Float.floatToIntBits(sorted[0]));
    }

    @Test
    void valuesBeyondTheCountAreNotLookedAt() {
        assertThat(OrderStatistic.of(new float[] {3, 1, 2, -9}, 3, 0)).isEqualTo(1);
    }
}
