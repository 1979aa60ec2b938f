package org.rigatino.network;

/**
 * Channels in the whole blocks that the engine computes by, as expressions of TorchScript: images (N, C, h, w) and kernels get
 * zeros as further channels, and of what comes out the channels asked for are kept. oneDNN works so in any case and
 * pads in memory of its own. Where a processor does not say how large its caches are it leaves that padding as the memory came,
 * and drops parts of the kernel ({@link OneDnn}): what is drawn and learnt is then wrong, or NaN. So it is left nothing to pad.
 * The numbers hold for blocks of 16 channels (AVX-512) and of 8 (AVX2), and were found pair by pair; {@code ConvolutionsTest} holds them.
 */
final class WholeBlocks {
    private static final int BLOCK = 16;

    private WholeBlocks() {}

    /**
     * Channels in that a convolution is given.
     *
     * @param training whether gradients pass: that of the weights wants whole blocks, but for one channel, for which the engine has
     *     kernels that pad nothing; that of an image that is halved is a transposed convolution
     */
    static long in(long channels, boolean halves, boolean training) {
        if (!training) {
            return channels <= BLOCK / 2 ? channels : upTo(BLOCK, channels);
        }
        return channels == 1 ? 1 : halves ? transposed(channels) : upTo(BLOCK, channels);
    }

    /** Channels out that a convolution is asked for. */
    static long out(long channels, boolean training) {
        return training ? upTo(BLOCK, channels) : channels;
    }

    /** Channels in that a transposed convolution is given. */
    static long transposedIn(long channels, boolean training) {
        return training && channels > 1 ? upTo(BLOCK, channels) : channels;
    }

    /** Channels out that a transposed convolution is asked for. */
    static long transposedOut(long channels, boolean training) {
        return training || channels == 1 || channels > BLOCK ? transposed(channels) : channels;
    }

    private static long transposed(long channels) {
        return upTo(channels > 2 * BLOCK ? 2 * BLOCK : BLOCK, channels);
    }

    private static long upTo(long block, long channels) {
        return channels + Math.floorMod(-channels, block);
    }

    /** {@code x} with as many channels more. */
    static String image(String x, long more) {
        return more == 0 ? x : "torch.constant_pad_nd(%s, [0, 0, 0, 0, 0, %d], 0)".formatted(x, more);
    }

    /** A kernel (first, second, k, k) with as many more of both. */
    static String kernel(String kernel, long first, long second) {
        return first + second == 0
                ? kernel
                : "torch.constant_pad_nd(%s, [0, 0, 0, 0, 0, %d, 0, %d], 0)".formatted(kernel, second, first);
    }

    static String bias(String bias, long more) {
        return more == 0 || bias.equals("None") ? bias : "torch.constant_pad_nd(%s, [0, %d], 0)".formatted(bias, more);
    }

    /** The channels of {@code y} that were asked for, where there are more. */
    static String result(String y, long channels, long more) {
        return more == 0 ? y : "torch.slice(%s, 1, 0, %d)".formatted(y, channels);
    }
}
