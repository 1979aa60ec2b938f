package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/** A convolution, or a transposed one: a kernel, and how it is laid over an image. */
abstract class KernelBlock extends ImageBlock {
    private final Parameter weight;

    KernelBlock(Shape kernel) {
        weight = weight("weight", kernel);
    }

    /**
     * What it makes of {@code x} with {@code kernel}, without a bias, as an expression of TorchScript.
     *
     * @param training whether gradients are to pass, see {@link WholeBlocks}
     */
    abstract String script(String x, String kernel, boolean training);

    /** The kernel in the manager of {@code x}. */
    public NDArray kernel(ParameterStore parameters, NDArray x, boolean training) {
        return value(parameters, weight, x, training);
    }

    /** Tells {@link Products} of a pass over images of this shape: each weight is used at the positions of the smaller side. */
    final void count(Shape input) {
        Shape output = outputShape(input);
        long positions = Math.min(input.get(2) * input.get(3), output.get(2) * output.get(3));
        Products.add(weight.getShape().size(), input.get(0) * positions);
    }
}
