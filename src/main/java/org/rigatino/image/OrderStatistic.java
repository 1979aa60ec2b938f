package org.rigatino.image;

/**
 * The value at a place of the ascending order, as {@link java.util.Arrays#sort(float[])} has it (-0 before 0, NaN last),
 * in a time that does not depend on how the values lie: byte by byte of the order, the highest first.
 */
public final class OrderStatistic {
    private static final int BYTES = 1 << Byte.SIZE;

    private OrderStatistic() {}

    /**
     * @param count of the first values that are looked at
     * @param rank 0 for the least of them, at most {@code count - 1}
     */
    public static float of(float[] values, int count, int rank) {
        int found = 0;
        int known = 0;
        int left = rank;
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            int[] alike = new int[BYTES];
            for (int i = 0; i < count; i++) {
                int key = key(values[i]);
                if ((key & known) == found) {
                    alike[key >>> shift & BYTES - 1]++;
                }
            }
            int next = 0;
            while (left >= alike[next]) {
                left -= alike[next++];
            }
            found |= next << shift;
            known |= BYTES - 1 << shift;
        }
        return Float.intBitsToFloat(found < 0 ? found ^ Integer.MIN_VALUE : ~found);
    }

    /** Unsigned, in the order of the values. */
    private static int key(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ (bits >> Integer.SIZE - 1 | Integer.MIN_VALUE);
    }
}
