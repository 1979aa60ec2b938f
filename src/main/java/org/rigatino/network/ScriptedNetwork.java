package org.rigatino.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A network that was made elsewhere and saved as TorchScript: (N,1,side,side) float32 in [-1,1] to the same shape. For
 * inference, in which every output is looked at. Safe for use by several threads.
 */
public final class ScriptedNetwork extends ImageBlock {
    private final Path file;
    private final PtSymbolBlock module;

    private ScriptedNetwork(Path file, PtSymbolBlock module) {
        this.file = file;
        this.module = module;
    }

    /**
     * Reads the network and tries it on two images.
     *
     * @param manager that the network lives in, on its device
     * @throws IOException where there is no file
     * @throws IllegalArgumentException where it is no TorchScript, or what it draws is not of the input's shape, not
     *     finite, or other each time
     */
    public static ScriptedNetwork read(Path file, NDManager manager, int side) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        if (!manager.getDevice().isGpu()) {
            OneDnn.requireRightForOthersNetworks();
        }
        ScriptedNetwork network = new ScriptedNetwork(file, module(file, (PtNDManager) manager));
        network.tryOn(new float[side * side], manager, side);
        float[] ramp = new float[side * side];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = 2f * i / ramp.length - 1;
        }
        network.tryOn(ramp, manager, side);
        return network;
    }

    private static PtSymbolBlock module(Path file, PtNDManager manager) {
        try {
            return JniUtils.loadModule(manager, file, true, new String[0], new String[0], false);
        } catch (EngineException e) {
            throw new IllegalArgumentException(
                    file + " is no TorchScript that this PyTorch reads (" + reason(e)
                            + "): save the network with torch.jit.trace(network, example).save(file)",
                    e);
        }
    }

    private void tryOn(float[] image, NDManager manager, int side) {
        if (!Arrays.equals(draw(image, manager, side), draw(image, manager, side))) {
            throw new IllegalArgumentException(
                    file + " draws something else each time for the same image: save it after network.eval()");
        }
    }

    /**
     * What is drawn for one image.
     *
     * @param values side*side
     * @param manager on the network's device
     */
    public float[] draw(float[] values, NDManager manager, int side) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray image = scratch.create(values, new Shape(1, 1, side, side));
            return apply(new ParameterStore(scratch, false), image, false).toFloatArray();
        }
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDList made = forward(parameters, x);
        NDArray drawn = made.isEmpty() ? null : made.get(0);
        boolean fits =
                made.size() == 1 && drawn.getShape().equals(x.getShape()) && drawn.getDataType() == DataType.FLOAT32;
        if (!fits) {
            throw new IllegalArgumentException(file + " makes " + describe(made) + " of " + describe(new NDList(x))
                    + ": it must make one array of the same shape and type");
        }
        if (!Float.isFinite(drawn.abs().max().getFloat())) {
            throw new IllegalArgumentException(file + " draws values that are not finite numbers for an image");
        }
        return drawn;
    }

    private NDList forward(ParameterStore parameters, NDArray x) {
        try {
            return module.forward(parameters, new NDList(x), false);
        } catch (EngineException e) {
            throw new IllegalArgumentException(
                    file + " fails on an image of shape " + x.getShape() + ": " + reason(e), e);
        }
    }

    private static String describe(NDList arrays) {
        return arrays.size() == 1
                ? arrays.get(0).getDataType() + " " + arrays.get(0).getShape()
                : arrays.size() + " arrays";
    }

    /** The engine's message without its traces. */
    private static String reason(EngineException e) {
        List<String> lines = String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream()
                .filter(line -> line.startsWith("RuntimeError: "))
                .findFirst()
                .orElse(lines.isEmpty() ? "no reason given" : lines.get(0))
                .strip();
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
