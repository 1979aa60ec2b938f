package org.rigatino.learn.train;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.Function;
import org.rigatino.restore.PyTorch;

/** A network and the Adam that moves it, kept and taken up together. */
public final class Learner<N extends Block> {
    private final NDManager manager;
    private final N network;
    private final Adam adam;

    /** @param network initialised here, with float32 weights that live in {@code manager} */
    public Learner(NDManager manager, N network, double beta1, double beta2) {
        this.manager = manager;
        this.network = network;
        initialize();
        adam = new Adam(manager, network.getParameters().values(), beta1, beta2);
    }

    private void initialize() {
        network.initialize(manager, DataType.FLOAT32, new Shape(1));
    }

    public N network() {
        return network;
    }

    /**
     * One step along the gradient of a loss.
     *
     * @param loss a scalar, computed in the manager that is given
     * @return its value
     */
    public double step(Function<NDManager, NDArray> loss, double learningRate) {
        try (NDManager scratch = manager.newSubManager()) {
            double value;
            try (GradientCollector collector = PyTorch.engine().newGradientCollector()) {
                NDArray computed = loss.apply(scratch);
                collector.backward(computed);
                value = computed.getFloat();
            }
            adam.step(learningRate);
            return value;
        }
    }

    /** Forgets the gradients that another network's loss left here. */
    void clear() {
        Adam.clear(network.getParameters().values());
    }

    boolean finite() {
        return adam.finite();
    }

    void save(DataOutputStream out) throws IOException {
        network.saveParameters(out);
        out.writeInt(adam.steps());
        for (NDArray moment : adam.moments()) {
            out.write(moment.encode());
        }
    }

    /** @throws IOException where the state is of another network */
    void load(DataInputStream in) throws IOException {
        try (NDManager loaded = manager.newSubManager()) {
            network.clear();
            network.loadParameters(manager, in);
            initialize();
            int steps = in.readInt();
            NDList moments = new NDList();
            for (int i = 0; i < adam.moments().size(); i++) {
                moments.add(loaded.decode(in));
            }
            adam.restore(steps, moments);
        } catch (MalformedModelException e) {
            throw new IOException("the checkpoint does not fit its networks", e);
        }
    }
}
