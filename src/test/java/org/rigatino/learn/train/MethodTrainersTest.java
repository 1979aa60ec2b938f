package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.Slow;
import picocli.CommandLine;

/** What holds for the training of every method that learns from normal images. */
@Slow
class MethodTrainersTest {
    private static final int SIDE = 64;

    /** Recipes that differ in nothing but the number of iterations. */
    interface Recipes {
        Recipe of(int iterations);
    }

    static Stream<Recipes> recipes() {
        return Stream.of(
                iterations -> new AutoencoderRecipe(4, SIDE, 4, 2, iterations, 1, 1e-2, "squared", true),
                iterations -> proxyAno(iterations, 0, 0),
                iterations -> proxyAno(iterations, 0.01, 0),
                iterations -> proxyAno(iterations, 0, 0.5),
                iterations -> sagan(iterations, "--position=spoken", "--arithmetic=bfloat16", "--identity-weight=1"));
    }

    private static Recipe proxyAno(int iterations, double adversarialWeight, double featureWeight) {
        return new ProxyAnoRecipe(
                2,
                SIDE,
                40,
                0.2,
                16,
                100,
                1,
                "patch",
                2,
                iterations,
                1,
                5e-3,
                2e-4,
                adversarialWeight,
                featureWeight,
                true);
    }

    private static Recipe sagan(int iterations, String... options) {
        TrainingOptions common = CommandLine.populateCommand(
                new TrainingOptions(), "--width=2", "--batch=2", "--learning-rate=0.005", "--iterations=" + iterations);
        return CommandLine.populateCommand(new SaganOptions(), options).recipe(common);
    }

    private static List<TrainingImage> images() {
        Random random = new Random(1);
        List<TrainingImage> images = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            float[] values = new float[SIDE * SIDE];
            boolean[] foreground = new boolean[values.length];
            float phase = random.nextFloat();
            for (int i = 0; i < values.length; i++) {
                float wave = (float) Math.sin(i / SIDE / 9.0 + i % SIDE / 7.0 + phase) / 4;
                values[i] = Math.hypot(i / SIDE - 32, i % SIDE - 32) < 25 ? 0.5f + wave : -0.5f;
            }
            Arrays.fill(foreground, true);
            images.add(new TrainingImage(values, foreground));
        }
        return images;
    }

    private static byte[] weights(Trainer trainer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trainer.saveWeights(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void go(Trainer trainer, int steps) {
        for (int i = 0; i < steps; i++) {
            trainer.step();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void anInterruptedTrainingGoesOnExactly(Recipes recipes) throws IOException {
        byte[] straight;
        ByteArrayOutputStream checkpoint = new ByteArrayOutputStream();
        try (Trainer trainer = recipes.of(6).trainer("cpu", images(), List.of())) {
            go(trainer, 3);
            trainer.save(new DataOutputStream(checkpoint));
            go(trainer, 3);
            assertThat(trainer.finished()).isTrue();
            straight = weights(trainer);
        }
        byte[] saved = checkpoint.toByteArray();
        try (Trainer trainer = recipes.of(6).trainer("cpu", images(), List.of())) {
            assertThat(weights(trainer)).isNotEqualTo(straight);
            trainer.load(new DataInputStream(new ByteArrayInputStream(saved)));
            assertThat(trainer.iteration()).isEqualTo(3);
            go(trainer, 3);
            assertThat(Arrays.equals(weights(trainer), straight)).isTrue();
        }
        try (Trainer trainer = recipes.of(7).trainer("cpu", images(), List.of())) {
            assertThatIOException()
                    .isThrownBy(() -> trainer.load(new DataInputStream(new ByteArrayInputStream(saved))))
                    .withMessageContaining("--resume");
        }
    }

    @ParameterizedTest
    @MethodSource("everyMethod")
    void theSameSeedLearnsTheSameWeights(Recipes recipes) throws IOException {
        byte[] first = learnt(recipes.of(4));
        assertThat(Arrays.equals(learnt(recipes.of(4)), first)).isTrue();
        assertThat(Arrays.equals(learnt(recipes.of(3)), first)).isFalse();
    }

    @Test
    void whatTheCriticsLayersMakeOfAnImageIsLearntFrom() throws IOException {
        assertThat(Arrays.equals(learnt(proxyAno(2, 0.01, 0.5)), learnt(proxyAno(2, 0.01, 0))))
                .isFalse();
        assertThat(Arrays.equals(learnt(proxyAno(2, 0, 0.5)), learnt(proxyAno(2, 0, 0.25))))
                .isFalse();
    }

    static Stream<Recipes> everyMethod() {
        return Stream.concat(recipes(), Stream.of(MethodTrainersTest::sagan));
    }

    private static byte[] learnt(Recipe recipe) throws IOException {
        try (Trainer trainer = recipe.trainer("cpu", images(), List.of())) {
            go(trainer, recipe.iterations());
            return weights(trainer);
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void learnsWithoutLeavingAnythingNativeBehind(Recipes recipes) {
        try (Trainer trainer = recipes.of(30).trainer("cpu", images(), List.of())) {
            Map<String, Double> first = trainer.step();
            go(trainer, 2);
            int held = trainer.arraysHeld();
            double before = difference(trainer);
            Map<String, Double> last = first;
            while (!trainer.finished()) {
                last = trainer.step();
            }
            assertThat(trainer.arraysHeld()).isEqualTo(held);
            assertThat(trainer.finite()).isTrue();
            assertThat(last.keySet()).containsExactlyElementsOf(first.keySet());
            assertThat(difference(trainer)).isLessThan(0.7 * before);
        }
    }

    private static double difference(Trainer trainer) {
        float[] values = images().get(0).values();
        float[] restored = trainer.restore(values);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += Math.abs(values[i] - restored[i]) / values.length;
        }
        return sum;
    }
}
