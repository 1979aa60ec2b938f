package org.rigatino.train;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rigatino.network.Scalar;
import org.rigatino.network.sagan.Critic;
import org.rigatino.network.sagan.Generator;
import org.rigatino.network.sagan.SaganLosses;
import org.rigatino.restore.PyTorch;

/** Trains a generator, against a critic where the recipe gives it a weight. Losses: {@code generator}, {@code critic}. */
final class SaganTrainer implements Trainer {
    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.999;
    /** The generator learns every second iteration where there is a critic. */
    private static final int CRITIC_STEPS = 2;

    private final SaganRecipe recipe;
    private final List<TrainingImage> normals;
    private final List<TrainingImage> pool;
    private final NDManager manager;
    private final ParameterStore parameters;
    private final Generator generator;
    private final Critic critic;
    private final Adam generatorAdam;
    private final Adam criticAdam;
    private int iteration;

    /** @param pool unlabeled images, looked at only where the recipe has a critic */
    SaganTrainer(SaganRecipe recipe, String device, List<TrainingImage> normals, List<TrainingImage> pool) {
        if (normals.isEmpty() || recipe.usesPool() && pool.isEmpty()) {
            throw new IllegalArgumentException(
                    normals.isEmpty()
                            ? "there are no normal images to learn from"
                            : "there are no unlabeled images for the critic: set the adversarial weight to 0");
        }
        this.recipe = recipe;
        this.normals = normals;
        this.pool = recipe.usesPool() ? pool : List.of();
        manager = PyTorch.engine().newBaseManager(PyTorch.device(device));
        parameters = new ParameterStore(manager, false);
        JniUtils.setGradMode(false);
        PyTorch.engine().setRandomSeed(Math.toIntExact(recipe.seed()));
        generator = new Generator(recipe.generatorShape(), recipe.arithmetic());
        initialize(generator);
        generatorAdam = new Adam(manager, generator.getParameters().values(), BETA1, BETA2);
        critic = recipe.usesPool() ? new Critic(recipe.width()) : null;
        if (critic != null) {
            initialize(critic);
        }
        criticAdam =
                critic == null ? null : new Adam(manager, critic.getParameters().values(), BETA1, BETA2);
    }

    private void initialize(Block block) {
        block.initialize(manager, DataType.FLOAT32, new Shape(recipe.batch(), 1, recipe.side(), recipe.side()));
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
        Batch batch = Batch.draw(recipe, iteration, normals, pool);
        double learningRate = recipe.learningRate(iteration);
        Map<String, Double> losses = new LinkedHashMap<>();
        double criticLoss = critic == null ? Double.NaN : criticStep(batch, learningRate);
        if (critic == null || iteration % CRITIC_STEPS == CRITIC_STEPS - 1) {
            losses.put("generator", generatorStep(batch, learningRate));
        }
        if (critic != null) {
            losses.put("critic", criticLoss);
        }
        iteration++;
        return losses;
    }

    private double criticStep(Batch batch, double learningRate) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray normal = images(scratch, batch.normal());
            NDArray doubtful = doubtful(batch, images(scratch, batch.unlabeled()));
            NDArray mix = scratch.create(batch.mix(), new Shape(recipe.batch(), 1, 1, 1));
            double value;
            try (GradientCollector collector = PyTorch.engine().newGradientCollector()) {
                NDArray loss = SaganLosses.critic(parameters, critic, normal, doubtful, mix);
                collector.backward(loss);
                value = loss.getFloat();
            }
            criticAdam.step(recipe.criticRate() * learningRate);
            return value;
        }
    }

    /** What the critic is to tell from normal images. */
    private NDArray doubtful(Batch batch, NDArray unlabeled) {
        int half = recipe.batch() / 2;
        return switch (recipe.criticSees()) {
            case "unlabeled" -> unlabeled;
            case "both" -> generate(batch, unlabeled).get("0:{}", half).concat(unlabeled.get("{}:", half));
            default -> generate(batch, unlabeled);
        };
    }

    private double generatorStep(Batch batch, double learningRate) {
        try (NDManager scratch = manager.newSubManager()) {
            double value;
            try (GradientCollector collector = PyTorch.engine().newGradientCollector()) {
                NDArray loss = generatorLoss(batch, scratch);
                collector.backward(loss);
                value = loss.getFloat();
            }
            generatorAdam.step(learningRate);
            if (critic != null) {
                Adam.clear(critic.getParameters().values());
            }
            return value;
        }
    }

    private NDArray generatorLoss(Batch batch, NDManager scratch) {
        NDArray normal = images(scratch, batch.normal());
        NDArray restored = generate(batch, images(scratch, batch.corrupted()));
        NDArray loss = anchor(recipe.restoration(), normal, restored);
        if (recipe.identityWeight() > 0) {
            NDArray kept = anchor(recipe.identity(), normal, generate(batch, normal));
            loss = loss.add(Scalar.times(kept, recipe.identityWeight()));
        }
        if (critic != null) {
            NDArray drawn = generate(batch, images(scratch, batch.unlabeled()));
            NDArray adversarial = SaganLosses.adversarial(parameters, critic, drawn);
            loss = loss.add(Scalar.times(adversarial, recipe.adversarialWeight()));
        }
        return loss;
    }

    private static NDArray anchor(String norm, NDArray normal, NDArray drawn) {
        return norm.equals("squared") ? SaganLosses.squared(normal, drawn) : SaganLosses.absolute(normal, drawn);
    }

    private NDArray generate(Batch batch, NDArray x) {
        return recipe.keep() < 1
                ? generator.applyMasked(parameters, x, images(x.getManager(), batch.keep()))
                : generator.apply(parameters, x, true);
    }

    private NDArray images(NDManager scratch, float[] values) {
        int side = recipe.side();
        return scratch.create(values, new Shape(values.length / (side * side), 1, side, side));
    }

    @Override
    public float[] restore(float[] values) {
        try (NDManager scratch = manager.newSubManager()) {
            return generator.apply(parameters, images(scratch, values), false).toFloatArray();
        }
    }

    @Override
    public OptionalDouble critic(float[] values) {
        if (!recipe.releaseCritic()) {
            return OptionalDouble.empty();
        }
        try (NDManager scratch = manager.newSubManager()) {
            return OptionalDouble.of(critic.apply(parameters, images(scratch, values), false)
                    .mean()
                    .getFloat());
        }
    }

    @Override
    public boolean finite() {
        return generatorAdam.finite() && (critic == null || criticAdam.finite());
    }

    @Override
    public int arraysHeld() {
        return manager.getManagedArrays().size();
    }

    @Override
    public void saveWeights(DataOutputStream out) throws IOException {
        generator.saveParameters(out);
    }

    @Override
    public void saveCritic(DataOutputStream out) throws IOException {
        critic.saveParameters(out);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeUTF(recipe.toString());
        out.writeInt(iteration);
        save(out, generator, generatorAdam);
        if (critic != null) {
            save(out, critic, criticAdam);
        }
    }

    private static void save(DataOutputStream out, Block block, Adam adam) throws IOException {
        block.saveParameters(out);
        out.writeInt(adam.steps());
        for (NDArray moment : adam.moments()) {
            out.write(moment.encode());
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        String saved = in.readUTF();
        if (!saved.equals(recipe.toString())) {
            throw new IOException("the checkpoint is of " + saved + " but this run is of " + recipe
                    + ": give the same options, or start anew without --resume");
        }
        iteration = in.readInt();
        load(in, generator, generatorAdam);
        if (critic != null) {
            load(in, critic, criticAdam);
        }
    }

    private void load(DataInputStream in, Block block, Adam adam) throws IOException {
        try (NDManager loaded = manager.newSubManager()) {
            block.clear();
            block.loadParameters(manager, in);
            initialize(block);
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

    @Override
    public void close() {
        manager.close();
    }
}
