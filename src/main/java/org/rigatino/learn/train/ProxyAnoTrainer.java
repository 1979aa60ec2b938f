package org.rigatino.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.rigatino.network.Scalar;
import org.rigatino.network.proxyano.ProxyAno;
import org.rigatino.network.sagan.Critic;
import org.rigatino.network.sagan.SaganLosses;

/**
 * Trains a ProxyAno. With I a normal image, SI its superpixel image, P its pseudo-abnormal one, E the extraction, R the
 * reconstruction: |E(I) - SI| + |R(E(I)) - I| + |R(P) - I| + the addressing's entropy and, where the recipe has a critic D
 * with layers f, -D(R(E(I))) and |f(R(E(I))) - f(I)|, all means, the first three of weight 1. Losses: {@code generator}, {@code critic}.
 */
final class ProxyAnoTrainer extends NetworkTrainer<ProxyAno> {
    private static final double BETA1 = 0.5;

    /** What an iteration sees, each batch*side*side, and for each image a number in [0, 1]. */
    private record Seen(float[] images, float[] proxies, float[] pseudo, float[] mix) {}

    private final ProxyAnoRecipe recipe;
    private final List<TrainingImage> normals;
    private final List<TrainingImage> proxies;

    ProxyAnoTrainer(ProxyAnoRecipe recipe, String device, List<TrainingImage> normals) {
        super(
                recipe,
                device,
                new ProxyAno(recipe.shape()),
                recipe.hasCritic() ? new Critic(recipe.width()) : null,
                BETA1);
        this.recipe = recipe;
        this.normals = normals;
        Superpixels superpixels = new Superpixels(recipe.segments(), recipe.compactness());
        proxies = normals.stream()
                .map(image -> superpixels.image(image, recipe.side()))
                .toList();
    }

    @Override
    Map<String, Double> learn(int iteration) {
        Seen seen = seen(iteration);
        double learningRate = recipe.falling(recipe.learningRate(), iteration);
        Map<String, Double> losses = new LinkedHashMap<>();
        losses.put("generator", drawing().step(scratch -> loss(scratch, seen), learningRate));
        if (critic() != null) {
            critic().clear();
            float[] restored = restore(seen.images);
            losses.put("critic", critic().step(scratch -> criticLoss(scratch, seen, restored), learningRate));
        }
        return losses;
    }

    private Seen seen(int iteration) {
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
        ProxyAno.Passes passes = drawing().network().train(parameters(), image, images(scratch, seen.pseudo));
        NDArray loss = distance(passes.proxy(), images(scratch, seen.proxies))
                .add(distance(passes.restored(), image))
                .add(distance(passes.fromPseudo(), image))
                .add(Scalar.times(passes.entropy(), recipe.entropyWeight()));
        if (recipe.adversarialWeight() > 0) {
            NDArray adversarial = SaganLosses.adversarial(parameters(), critic().network(), passes.restored());
            loss = loss.add(Scalar.times(adversarial, recipe.adversarialWeight()));
        }
        if (recipe.featureWeight() > 0) {
            NDArray features = SaganLosses.features(parameters(), critic().network(), image, passes.restored());
            loss = loss.add(Scalar.times(features, recipe.featureWeight()));
        }
        return loss;
    }

    private static NDArray distance(NDArray one, NDArray other) {
        return one.sub(other).abs().mean();
    }

    private NDArray criticLoss(NDManager scratch, Seen seen, float[] drawn) {
        NDArray restored = images(scratch, drawn);
        NDArray mix = scratch.create(seen.mix, new Shape(recipe.batch(), 1, 1, 1));
        return SaganLosses.critic(parameters(), critic().network(), images(scratch, seen.images), restored, mix);
    }
}
