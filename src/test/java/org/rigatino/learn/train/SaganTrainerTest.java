package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.withinPercentage;

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
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.sagan.Position;

@Slow
class SaganTrainerTest {
    private static final int SIDE = 64;

    private static SaganRecipe recipe(int iterations, double adversarialWeight) {
        return recipe(iterations, adversarialWeight, Arithmetic.FULL);
    }

    private static SaganRecipe recipe(int iterations, double adversarialWeight, Arithmetic arithmetic) {
        return new SaganRecipe(
                2,
                SIDE,
                32,
                2,
                iterations,
                1,
                1e-3,
                1,
                "blend",
                0.4,
                "squared",
                0,
                "absolute",
                1,
                adversarialWeight,
                "both",
                0.95,
                true,
                true,
                true,
                Position.PUBLISHED,
                true,
                false,
                arithmetic);
    }

    private static List<TrainingImage> images(long seed) {
        Random random = new Random(seed);
        List<TrainingImage> images = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            float[] values = new float[SIDE * SIDE];
            boolean[] foreground = new boolean[values.length];
            float phase = random.nextFloat();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(i / SIDE / 9.0 + i % SIDE / 7.0 + phase) / 2;
                foreground[i] = true;
            }
            images.add(new TrainingImage(values, foreground));
        }
        return images;
    }

    private static byte[] weights(SaganTrainer trainer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trainer.saveWeights(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void anInterruptedTrainingGoesOnExactly() throws IOException {
        SaganRecipe recipe = recipe(6, 1);
        byte[] straight;
        ByteArrayOutputStream checkpoint = new ByteArrayOutputStream();
        try (SaganTrainer trainer = new SaganTrainer(recipe, "cpu", images(1), images(2))) {
            for (int i = 0; i < 3; i++) {
                trainer.step();
            }
            trainer.save(new DataOutputStream(checkpoint));
            for (int i = 0; i < 3; i++) {
                trainer.step();
            }
            straight = weights(trainer);
        }
        try (SaganTrainer trainer = new SaganTrainer(recipe, "cpu", images(1), images(2))) {
            assertThat(weights(trainer)).isNotEqualTo(straight);
            trainer.load(new DataInputStream(new ByteArrayInputStream(checkpoint.toByteArray())));
            assertThat(trainer.iteration()).isEqualTo(3);
            while (!trainer.finished()) {
                trainer.step();
            }
            assertThat(Arrays.equals(weights(trainer), straight)).isTrue();
        }
        try (SaganTrainer trainer = new SaganTrainer(recipe(7, 1), "cpu", images(1), images(2))) {
            assertThatIOException()
                    .isThrownBy(
                            () -> trainer.load(new DataInputStream(new ByteArrayInputStream(checkpoint.toByteArray()))))
                    .withMessageContaining("--resume");
        }
    }

    @Test
    void theCriticLearnsToTellAndTheGeneratorToRestore() {
        try (SaganTrainer trainer = new SaganTrainer(recipe(60, 0.01), "cpu", images(1), images(2))) {
            double first = Double.NaN;
            double last = Double.NaN;
            double firstCritic = trainer.step().get("critic");
            double lastCritic = firstCritic;
            while (!trainer.finished()) {
                Map<String, Double> losses = trainer.step();
                lastCritic = losses.get("critic");
                if (losses.containsKey("generator")) {
                    first = Double.isNaN(first) ? losses.get("generator") : first;
                    last = losses.get("generator");
                }
            }
            assertThat(lastCritic).isLessThan(firstCritic);
            assertThat(last).isLessThan(first);
        }
    }

    @Test
    void inBfloat16TheGeneratorLearnsAsItDoesInFloat32() {
        try (SaganTrainer full = new SaganTrainer(recipe(30, 0, Arithmetic.FULL), "cpu", images(1), List.of());
                SaganTrainer reduced =
                        new SaganTrainer(recipe(30, 0, Arithmetic.BFLOAT16), "cpu", images(1), List.of())) {
            double first = full.step().get("generator");
            double last = Double.NaN;
            assertThat(reduced.step().get("generator")).isNotEqualTo(first).isCloseTo(first, withinPercentage(1));
            while (!full.finished()) {
                last = full.step().get("generator");
                assertThat(reduced.step().get("generator")).isCloseTo(last, withinPercentage(10));
            }
            assertThat(last).isLessThan(0.7 * first);
        }
    }

    @Test
    void nothingNativeIsLeftBehindByAStep() {
        try (SaganTrainer trainer = new SaganTrainer(recipe(40, 1), "cpu", images(1), images(2))) {
            for (int i = 0; i < 4; i++) {
                trainer.step();
            }
            int held = trainer.arraysHeld();
            for (int i = 0; i < 10; i++) {
                trainer.step();
            }
            assertThat(trainer.arraysHeld()).isEqualTo(held);
        }
    }
}
