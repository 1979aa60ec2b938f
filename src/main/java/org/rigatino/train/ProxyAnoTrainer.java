package org.rigatino.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.rigatino.network.Scalar;
import org.rigatino.network.proxyano.ProxyAno;
import org.rigatino.network.sagan.Critic;
import org.rigatino.network.sagan.SaganLosses;
import org.rigatino.restore.PyTorch;

/**
 * Trains a ProxyAno. With I a normal image, SI its superpixel image, P its pseudo-abnormal one, E the extraction, R the
 * reconstruction: |E(I) - SI| + |R(E(I)) - I| + |R(P) - I| + the addressing's entropy and, where the recipe has a critic D,
 * -D(R(E(I))), all means, the first three of weight 1. Losses: {@code generator}, {@code critic}.
 */
final class ProxyAnoTrainer implements Trainer {
    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.999;

    /** What an iteration sees, each batch*side*side, and for each image a number in [0, 1]. */
    private record Seen(float[] images, float[] proxies, float[] pseudo, float[] mix) {}

    private final ProxyAnoRecipe recipe;
    private final List<TrainingImage> normals;
    private final List<TrainingImage> proxies;
    private final NDManager manager;
    private final ParameterStore parameters;
    private final Learner<ProxyAno> generator;
    private final Learner<Critic> critic;
    private int iteration;

    ProxyAnoTrainer(ProxyAnoRecipe recipe, String device, List<TrainingImage> normals) {
        if (normals.isEmpty()) {
            throw new IllegalArgumentException("there are no normal images to learn from");
        }
        this.recipe = recipe;
        this.normals = normals;
        Superpixels superpixels = new Superpixels(recipe.segments(), recipe.compactness());
        proxies = normals.stream()
                .map(image -> superpixels.image(image, recipe.side()))
                .toList();
        manager = PyTorch.engine().newBaseManager(PyTorch.device(device));
        parameters = new ParameterStore(manager, false);
        JniUtils.setGradMode(false);
        PyTorch.engine().setRandomSeed(Math.toIntExact(recipe.seed()));
        generator = new Learner<>(manager, new ProxyAno(recipe.shape()), BETA1, BETA2);
        critic = recipe.adversarialWeight() > 0
                ? new Learner<>(manager, new Critic(recipe.width()), BETA1, BETA2)
                : null;
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
        Seen seen = seen();
        double learningRate = recipe.falling(recipe.learningRate(), iteration);
        Map<String, Double> losses = new LinkedHashMap<>();
        losses.put("generator", generator.step(scratch -> loss(scratch, seen), learningRate));
        if (critic != null) {
            critic.clear();
            float[] restored = restore(seen.images);
            losses.put("critic", critic.step(scratch -> criticLoss(scratch, seen, restored), learningRate));
        }
        iteration++;
        return losses;
    }

    private Seen seen() {
        SplittableRandom random = Pick.random(recipe, iteration);
        List<Pick> picks = Pick.batch(random, recipe.batch(), normals.size(), recipe.flips());
        float[] images = Pick.values(picks, normals, recipe.side());
        float[] si = Pick.values(picks, proxies, recipe.side());
        float[] pseudo = pseudo(picks, random);
        float[] mix = new float[recipe.batch()];
        for (int i = 0; i < mix.length; i++) {
            mix[i] = (float) random.nextDouble();
        }
        return new Seen(images, si, pseudo, mix);
    }

    /** Each image's superpixel image, made abnormal with the image itself at hand. */
    private float[] pseudo(List<Pick> picks, SplittableRandom random) {
        int cells = recipe.side() * recipe.side();
        float[] pseudo = new float[picks.size() * cells];
        PseudoAnomaly anomaly = recipe.pseudoAnomaly();
        for (int i = 0; i < picks.size(); i++) {
            TrainingImage proxy = picks.get(i).of(proxies, recipe.side());
            TrainingImage image = picks.get(i).of(normals, recipe.side());
            System.arraycopy(anomaly.apply(proxy, image, recipe.side(), random), 0, pseudo, i * cells, cells);
        }
        return pseudo;
    }

    private NDArray loss(NDManager scratch, Seen seen) {
        NDArray image = images(scratch, seen.images);
        ProxyAno.Passes passes = generator.network().train(parameters, image, images(scratch, seen.pseudo));
        NDArray loss = distance(passes.proxy(), images(scratch, seen.proxies))
                .add(distance(passes.restored(), image))
                .add(distance(passes.fromPseudo(), image))
                .add(Scalar.times(passes.entropy(), recipe.entropyWeight()));
        if (critic == null) {
            return loss;
        }
        NDArray adversarial = SaganLosses.adversarial(parameters, critic.network(), passes.restored());
        return loss.add(Scalar.times(adversarial, recipe.adversarialWeight()));
    }

    private static NDArray distance(NDArray one, NDArray other) {
        return one.sub(other).abs().mean();
    }

    private NDArray criticLoss(NDManager scratch, Seen seen, float[] drawn) {
        NDArray restored = images(scratch, drawn);
        NDArray mix = scratch.create(seen.mix, new Shape(recipe.batch(), 1, 1, 1));
        return SaganLosses.critic(parameters, critic.network(), images(scratch, seen.images), restored, mix);
    }

    private NDArray images(NDManager scratch, float[] values) {
        int side = recipe.side();
        return scratch.create(values, new Shape(values.length / (side * side), 1, side, side));
    }

    @Override
    public float[] restore(float[] values) {
        try (NDManager scratch = manager.newSubManager()) {
            return generator
                    .network()
                    .apply(parameters, images(scratch, values), false)
                    .toFloatArray();
        }
    }

    @Override
    public boolean finite() {
        return generator.finite() && (critic == null || critic.finite());
    }

    @Override
    public void saveWeights(DataOutputStream out) throws IOException {
        generator.network().saveParameters(out);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeUTF(recipe.toString());
        out.writeInt(iteration);
        generator.save(out);
        if (critic != null) {
            critic.save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        recipe.requireSame(in.readUTF());
        iteration = in.readInt();
        generator.load(in);
        if (critic != null) {
            critic.load(in);
        }
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
