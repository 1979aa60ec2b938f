package org.rigatino.network;

/**
 * How many products of a weight and a value a network's convolutions make. A convolution makes one for each weight,
 * image and position in the smaller of input and output, those with padding zeros among them; what norms, activations
 * and sums compute beside is not counted.
 */
public final class Products {
    private static final ThreadLocal<long[]> COUNTING = new ThreadLocal<>();

    private Products() {}

    /** Of the forward passes that {@code pass} makes on this thread. */
    public static long during(Runnable pass) {
        long[] count = new long[1];
        COUNTING.set(count);
        try {
            pass.run();
        } finally {
            COUNTING.remove();
        }
        return count[0];
    }

    /** @param weights of the kernel; @param uses of each of them */
    static void add(long weights, long uses) {
        long[] count = COUNTING.get();
        if (count != null) {
            count[0] += weights * uses;
        }
    }
}
