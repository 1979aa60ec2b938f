package org.rigatino.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.sagan.Critic;
import org.rigatino.restore.PyTorch;

/**
 * What the trainings of all methods have alike: a network that draws, with or without a critic that judges, their state,
 * and how they are kept.
 */
abstract class NetworkTrainer<N extends ImageBlock> implements Trainer {
    private static final double BETA2 = 0.999;

    private final Recipe recipe;
    private final NDManager manager;
    private final ParameterStore parameters;
    private final Learner<N> drawing;
    private final Learner<Critic> critic;
    private int iteration;

    /**
     * Initialises the networks from the recipe's seed, the one that draws first.
     *
     * @param network that draws, without weights
     * @param judge null where the recipe has no critic
     * @param beta1 of Adam, whose second is 0.999
     */
    NetworkTrainer(Recipe recipe, String device, N network, Critic judge, double beta1) {
        this.recipe = recipe;
        manager = PyTorch.engine().newBaseManager(PyTorch.device(device));
        parameters = new ParameterStore(manager, false);
        JniUtils.setGradMode(false);
        PyTorch.engine().setRandomSeed(Math.toIntExact(recipe.seed()));
        drawing = new Learner<>(manager, network, beta1, BETA2);
        critic = judge == null ? null : new Learner<>(manager, judge, beta1, BETA2);
    }

    final ParameterStore parameters() {
        return parameters;
    }

    final Learner<N> drawing() {
        return drawing;
    }

    /** Null where the recipe has none. */
    final Learner<Critic> critic() {
        return critic;
    }

    @Override
    public final int iteration() {
        return iteration;
    }

    @Override
    public final boolean finished() {
        return iteration >= recipe.iterations();
    }

    @Override
    public final Map<String, Double> step() {
        Map<String, Double> losses = learn(iteration);
        iteration++;
        return losses;
    }

    /** One iteration's steps. @return as {@link #step} */
    abstract Map<String, Double> learn(int iteration);

    /** @param values n*side*side; @return (n, 1, side, side) */
    final NDArray images(NDManager scratch, float[] values) {
        int side = recipe.side();
        return scratch.create(values, new Shape(values.length / (side * side), 1, side, side));
    }

    final NDManager newScratch() {
        return manager.newSubManager();
    }

    @Override
    public float[] restore(float[] values) {
        try (NDManager scratch = newScratch()) {
            return drawing.network()
                    .apply(parameters, images(scratch, values), false)
                    .toFloatArray();
        }
    }

    @Override
    public final boolean finite() {
        return drawing.finite() && (critic == null || critic.finite());
    }

    @Override
    public final int arraysHeld() {
        return manager.getManagedArrays().size();
    }

    @Override
    public final void saveWeights(DataOutputStream out) throws IOException {
        drawing.network().saveParameters(out);
    }

    @Override
    public final void save(DataOutputStream out) throws IOException {
        out.writeUTF(recipe.toString());
        out.writeInt(iteration);
        drawing.save(out);
        if (critic != null) {
            critic.save(out);
        }
    }

    @Override
    public final void load(DataInputStream in) throws IOException {
        recipe.requireSame(in.readUTF());
        iteration = in.readInt();
        drawing.load(in);
        if (critic != null) {
            critic.load(in);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
