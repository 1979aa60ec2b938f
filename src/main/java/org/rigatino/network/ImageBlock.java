package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/**
 * A block of one image batch to one image batch, whose parameter shapes are known when it is built. Every array that
 * {@link #apply} makes lives in the manager of its input, never in that of the parameters.
 */
public abstract class ImageBlock extends AbstractBlock {
    public abstract NDArray apply(ParameterStore parameters, NDArray x, boolean training);

    protected abstract Shape outputShape(Shape input);

    protected final Parameter weight(String name, Shape shape) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.WEIGHT)
                .optShape(shape)
                .build());
    }

    protected final Parameter constant(String name, Shape shape, Initializer initializer) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(shape)
                .optInitializer(initializer)
                .build());
    }

    /** The parameter as a view in the manager of {@code x}: what is derived from it is freed with {@code x}. */
    protected static NDArray value(ParameterStore parameters, Parameter parameter, NDArray x, boolean training) {
        NDArray stored = parameters.getValue(parameter, x.getDevice(), training);
        NDArray view = stored.reshape(stored.getShape());
        view.attach(x.getManager());
        return view;
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> ignored) {
        return new NDList(apply(parameters, inputs.singletonOrThrow(), training));
    }

    @Override
    public final Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {outputShape(inputs[0])};
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        for (Block child : getChildren().values()) {
            child.initialize(manager, type, inputs);
        }
    }
}
