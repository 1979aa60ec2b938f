package org.rigatino.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.rigatino.network.autoencoder.Autoencoder;
import org.rigatino.restore.PyTorch;

/** Trains an autoencoder. Loss: {@code reconstruction}. */
final class AutoencoderTrainer implements Trainer {
    private final AutoencoderRecipe recipe;
    private final List<TrainingImage> normals;
    private final NDManager manager;
    private final ParameterStore parameters;
    private final Learner<Autoencoder> autoencoder;
    private int iteration;

    AutoencoderTrainer(AutoencoderRecipe recipe, String device, List<TrainingImage> normals) {
        if (normals.isEmpty()) {
            throw new IllegalArgumentException("there are no normal images to learn from");
        }
        this.recipe = recipe;
        this.normals = normals;
        manager = PyTorch.engine().newBaseManager(PyTorch.device(device));
        parameters = new ParameterStore(manager, false);
        JniUtils.setGradMode(false);
        PyTorch.engine().setRandomSeed(Math.toIntExact(recipe.seed()));
        Autoencoder network = new Autoencoder(recipe.width(), recipe.side(), recipe.latent());
        autoencoder = new Learner<>(manager, network, 0.9, 0.999);
    }

    @Override
    public int iteration() {
        return iteration;
    }

    @Override
    public boolean finished() {
        return iteration >= recipe.iterations();
    }

    @Override
    public Map<String, Double> step() {
        List<Pick> picks = Pick.batch(Pick.random(recipe, iteration), recipe.batch(), normals.size(), recipe.flips());
        float[] values = Pick.values(picks, normals, recipe.side());
        double loss = autoencoder.step(
                scratch -> loss(images(scratch, values)), recipe.falling(recipe.learningRate(), iteration));
        iteration++;
        return Map.of("reconstruction", loss);
    }

    private NDArray loss(NDArray x) {
        NDArray difference = x.sub(autoencoder.network().apply(parameters, x, true));
        return (recipe.reconstruction().equals("squared") ? difference.square() : difference.abs()).mean();
    }

    private NDArray images(NDManager scratch, float[] values) {
        int side = recipe.side();
        return scratch.create(values, new Shape(values.length / (side * side), 1, side, side));
    }

    @Override
    public float[] restore(float[] values) {
        try (NDManager scratch = manager.newSubManager()) {
            return autoencoder
                    .network()
                    .apply(parameters, images(scratch, values), false)
                    .toFloatArray();
        }
    }

    @Override
    public boolean finite() {
        return autoencoder.finite();
    }

    @Override
    public void saveWeights(DataOutputStream out) throws IOException {
        autoencoder.network().saveParameters(out);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeUTF(recipe.toString());
        out.writeInt(iteration);
        autoencoder.save(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        recipe.requireSame(in.readUTF());
        iteration = in.readInt();
        autoencoder.load(in);
    }

    @Override
    public int arraysHeld() {
        return manager.getManagedArrays().size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
