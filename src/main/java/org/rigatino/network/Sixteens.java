package org.rigatino.network;

/**
 * Channels by sixteens, as expressions of TorchScript: images (N, C, h, w) and kernels get zeros as further channels until
 * their number is a multiple of 16, and of what comes out the channels asked for are kept. oneDNN works so in any case
 * and pads in memory of its own. Where a processor does not say how large its caches are, its pass for the gradient of
 * the weights leaves that padding as the memory came, and NaN that lies there reaches the weights. So a network that
 * learns leaves the engine nothing to pad. What is only drawn is as it was: forward passes are not touched.
 */
final class Sixteens {
    private static final int BLOCK = 16;

    private Sixteens() {}

    private static long missing(long channels) {
        return Math.floorMod(-channels, (long) BLOCK);
    }

    /** Of {@code x}; one channel stays one, for which the engine has kernels that pad nothing of the weights' gradient. */
    static String image(String x, long channels) {
        return inward(channels) == 0
                ? x
                : "torch.constant_pad_nd(%s, [0, 0, 0, 0, 0, %d], 0)".formatted(x, inward(channels));
    }

    private static long inward(long channels) {
        return channels == 1 ? 0 : missing(channels);
    }

    /** Of a convolution's kernel (out, in, k, k). */
    static String kernel(String kernel, long in, long out) {
        return dimensions(kernel, missing(out), inward(in));
    }

    /** Of a transposed convolution's kernel (in, out, k, k). */
    static String transposedKernel(String kernel, long in, long out) {
        return dimensions(kernel, inward(in), missing(out));
    }

    private static String dimensions(String kernel, long first, long second) {
        return first + second == 0
                ? kernel
                : "torch.constant_pad_nd(%s, [0, 0, 0, 0, 0, %d, 0, %d], 0)".formatted(kernel, second, first);
    }

    static String bias(String bias, long out) {
        return missing(out) == 0 || bias.equals("None")
                ? bias
                : "torch.constant_pad_nd(%s, [0, %d], 0)".formatted(bias, missing(out));
    }

    /** The channels of {@code y} that were asked for. */
    static String result(String y, long out) {
        return missing(out) == 0 ? y : "torch.slice(%s, 1, 0, %d)".formatted(y, out);
    }
}
