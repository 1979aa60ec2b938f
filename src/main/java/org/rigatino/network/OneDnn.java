package org.rigatino.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.jboss.logging.Logger;

/**
 * That oneDNN, by which PyTorch convolves on a CPU, does so rightly on this processor, or is left out. Where a processor does not say how
 * large its caches are, as virtual machines may hide them, oneDNN 3.7 drops parts of kernels whose channels it pads: most of
 * what comes out is wrong, and finite. What is in {@link WholeBlocks} is right there too.
 */
public final class OneDnn {
    private static final String ARGUMENTS = "x: Tensor, kernel: Tensor";
    private static final ScriptedFunction CONVOLUTION =
            ScriptedFunction.of(ARGUMENTS, "    return torch.conv2d(x, kernel, None, [1, 1], [1, 1])\n");
    private static final ScriptedFunction TRANSPOSED =
            ScriptedFunction.of(ARGUMENTS, "    return torch.conv_transpose2d(x, kernel, None, [2, 2], [1, 1])\n");
    private static final String WRONG =
            "oneDNN computes convolutions wrongly on this processor, as it does where a virtual"
                    + " machine hides how large the processor's caches are (let it show them); ";
    private static final int SIDE = 4;
    private static final Logger LOG = Logger.getLogger(OneDnn.class);

    private static boolean rightForAll;

    private OneDnn() {}

    /**
     * As the engine starts. On every processor that is known what is in {@link WholeBlocks} is computed rightly.
     *
     * @throws IllegalStateException where it is not, and oneDNN cannot be left out
     */
    public static synchronized void requireRightForOwnNetworks() {
        if (!(convolves(16) && convolves(48) && transposes(16, 16) && transposes(16, 64))) {
            leaveOut();
        }
    }

    /**
     * Before a network that was made elsewhere draws, whose numbers of channels are no whole blocks, neither of 8 nor of 16.
     * Looks once; where oneDNN is wrong the whole process computes without it from there on, and takes half as long again.
     *
     * @throws IllegalStateException where it cannot be left out
     */
    public static synchronized void requireRightForOthersNetworks() {
        if (!rightForAll && !(convolves(20) && transposes(20, 44))) {
            leaveOut();
        }
        rightForAll = true;
    }

    private static void leaveOut() {
        try {
            EngineSwitch.ONEDNN.off();
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    WRONG + "PyTorch does not let it be left out: use its own build for CPUs", e);
        }
        if (!(convolves(20) && transposes(20, 44))) {
            throw new IllegalStateException(WRONG + "and PyTorch without it, too: nothing can be restored here");
        }
        LOG.warn(WRONG + "it is left out, and images take longer");
    }

    private static boolean convolves(int channels) {
        return sameOfDouble(CONVOLUTION, channels, new Shape(channels, channels, 3, 3));
    }

    private static boolean transposes(int in, int out) {
        return sameOfDouble(TRANSPOSED, in, new Shape(in, out, 4, 4));
    }

    /** Whether float32 gives what float64 does, which oneDNN does not compute: sums of whole numbers are exact in both. */
    private static boolean sameOfDouble(ScriptedFunction pass, int channels, Shape ofKernel) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray x = whole(manager, new Shape(2, channels, SIDE, SIDE));
            NDArray kernel = whole(manager, ofKernel);
            NDArray expected = pass.apply(x.toType(DataType.FLOAT64, false), kernel.toType(DataType.FLOAT64, false));
            double[] actual =
                    pass.apply(x, kernel).toType(DataType.FLOAT64, false).toDoubleArray();
            return Arrays.equals(actual, expected.toDoubleArray());
        }
    }

    private static NDArray whole(NDManager manager, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 11 - 5;
        }
        return manager.create(values, shape);
    }
}
