package org.rigatino.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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

/** Trains a generator, against a critic where the recipe gives it a weight. Losses: {@code generator}, {@code critic}. */
final class SaganTrainer extends NetworkTrainer<Generator> {
    private static final double BETA1 = 0.5;
    /** The generator learns every second iteration where there is a critic. */
    private static final int CRITIC_STEPS = 2;

    private final SaganRecipe recipe;
    private final List<TrainingImage> normals;
    private final List<TrainingImage> pool;

    /** @param pool unlabeled images, looked at only where the recipe has a critic */
    SaganTrainer(SaganRecipe recipe, String device, List<TrainingImage> normals, List<TrainingImage> pool) {
        super(
                recipe,
                device,
                new Generator(recipe.generatorShape(), recipe.arithmetic()),
                recipe.usesPool() ? new Critic(recipe.width()) : null,
                BETA1);
        this.recipe = recipe;
        this.normals = normals;
        this.pool = recipe.usesPool() ? pool : List.of();
    }

    @Override
    Map<String, Double> learn(int iteration) {
        Batch batch = Batch.draw(recipe, iteration, normals, pool);
        double learningRate = recipe.falling(recipe.learningRate(), iteration);
        Map<String, Double> losses = new LinkedHashMap<>();
        double criticLoss = critic() == null ? Double.NaN : criticStep(batch, learningRate);
        if (critic() == null || iteration % CRITIC_STEPS == CRITIC_STEPS - 1) {
            losses.put("generator", generatorStep(batch, learningRate));
        }
        if (critic() != null) {
            losses.put("critic", criticLoss);
        }
        return losses;
    }

    private double criticStep(Batch batch, double learningRate) {
        float[] doubtful = doubtful(batch);
        return critic().step(scratch -> criticLoss(batch, doubtful, scratch), recipe.criticRate() * learningRate);
    }

    private NDArray criticLoss(Batch batch, float[] doubtful, NDManager scratch) {
        NDArray mix = scratch.create(batch.mix(), new Shape(recipe.batch(), 1, 1, 1));
        return SaganLosses.critic(
                parameters(), critic().network(), images(scratch, batch.normal()), images(scratch, doubtful), mix);
    }

    /** What the critic is to tell from normal images; made where no gradients are collected. */
    private float[] doubtful(Batch batch) {
        try (NDManager scratch = newScratch()) {
            int half = recipe.batch() / 2;
            NDArray unlabeled = images(scratch, batch.unlabeled());
            NDArray doubtful =
                    switch (recipe.criticSees()) {
                        case "unlabeled" -> unlabeled;
                        case "both" ->
                            generate(batch, unlabeled).get("0:{}", half).concat(unlabeled.get("{}:", half));
                        default -> generate(batch, unlabeled);
                    };
            return doubtful.toFloatArray();
        }
    }

    private double generatorStep(Batch batch, double learningRate) {
        double loss = drawing().step(scratch -> generatorLoss(batch, scratch), learningRate);
        if (critic() != null) {
            critic().clear();
        }
        return loss;
    }

    private NDArray generatorLoss(Batch batch, NDManager scratch) {
        NDArray normal = images(scratch, batch.normal());
        NDArray corrupted = images(scratch, batch.corrupted());
        NDArray restored = generate(batch, corrupted);
        NDArray loss = recipe.changeWeight() > 0
                ? SaganLosses.absolute(normal, corrupted, restored, recipe.changeWeight())
                : anchor(recipe.restoration(), normal, restored);
        if (recipe.identityWeight() > 0) {
            NDArray kept = anchor(recipe.identity(), normal, generate(batch, normal));
            loss = loss.add(Scalar.times(kept, recipe.identityWeight()));
        }
        if (critic() != null) {
            NDArray drawn = generate(batch, images(scratch, batch.unlabeled()));
            NDArray adversarial = SaganLosses.adversarial(parameters(), critic().network(), drawn);
            loss = loss.add(Scalar.times(adversarial, recipe.adversarialWeight()));
        }
        return loss;
    }

    private static NDArray anchor(String norm, NDArray normal, NDArray drawn) {
        return norm.equals("squared") ? SaganLosses.squared(normal, drawn) : SaganLosses.absolute(normal, drawn);
    }

    private NDArray generate(Batch batch, NDArray x) {
        Generator generator = drawing().network();
        return recipe.keep() < 1
                ? generator.applyMasked(parameters(), x, images(x.getManager(), batch.keep()))
                : generator.apply(parameters(), x, true);
    }

    @Override
    public OptionalDouble critic(float[] values) {
        if (!recipe.releaseCritic()) {
            return OptionalDouble.empty();
        }
        try (NDManager scratch = newScratch()) {
            return OptionalDouble.of(critic().network()
                    .apply(parameters(), images(scratch, values), false)
                    .mean()
                    .getFloat());
        }
    }

    @Override
    public void saveCritic(DataOutputStream out) throws IOException {
        critic().network().saveParameters(out);
    }
}
