package org.rigatino.network.sagan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rigatino.Slow;
import org.rigatino.network.Arrays64;
import org.rigatino.network.Scalar;
import org.rigatino.network.proxyano.ProxyAno;
import org.rigatino.network.proxyano.ProxyAnoShape;

/** Gradients against central finite differences along a random direction. */
@Slow
class LossesTest {
    private final Arrays64 arrays = new Arrays64();

    @AfterEach
    void free() {
        arrays.close();
    }

    @Test
    void criticsInputGradientIsThatOfTheEngine() {
        Critic critic = arrays.filled(new Critic(2), 0.4);
        NDArray x = arrays.random(3, 1, 64, 64);
        x.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(critic.apply(arrays.parameters, x, true).sum());
        }
        double[] expected = x.getGradient().toDoubleArray();
        double[] gradient = critic.inputGradient(arrays.parameters, x).toDoubleArray();
        Arrays64.assertClose(gradient, expected, 1e-6);
        assertThat(java.util.Arrays.stream(gradient).map(Math::abs).max().orElseThrow())
                .isGreaterThan(1e-3);
    }

    @Test
    void gradientPenaltyIsTheDistanceOfTheGradientsLengthFromOne() {
        Critic critic = arrays.filled(new Critic(2), 0.4);
        NDArray x = arrays.random(2, 1, 64, 64);
        double[] gradient = critic.inputGradient(arrays.parameters, x).toDoubleArray();
        double expected = 0;
        for (int n = 0; n < 2; n++) {
            double squares = 0;
            for (int i = 0; i < 64 * 64; i++) {
                squares += gradient[n * 64 * 64 + i] * gradient[n * 64 * 64 + i];
            }
            expected += Math.pow(Math.sqrt(squares) - 1, 2) / 2;
        }
        double penalty =
                SaganLosses.gradientPenalty(arrays.parameters, critic, x).getDouble();
        assertThat(penalty).isCloseTo(expected, within(1e-6));
    }

    @Test
    void whereMoreWasChangedMoreIsAsked() {
        NDArray normal = arrays.manager.create(new float[] {0, 0, 1, -1});
        NDArray corrupted = arrays.manager.create(new float[] {0, 1, 0.5f, -1});
        NDArray restored = arrays.manager.create(new float[] {0.5f, 0.5f, 0.5f, -1});
        assertThat(SaganLosses.absolute(normal, corrupted, restored, 6).getFloat())
                .isCloseTo((0.5f + 7 * 0.5f + 4 * 0.5f) / 4, within(1e-6f));
        assertThat(SaganLosses.absolute(normal, corrupted, restored, 0).getFloat())
                .isEqualTo(SaganLosses.absolute(normal, restored).getFloat());
    }

    @Test
    void criticLossWithItsGradientPenaltyHasTheGradientOfFiniteDifferences() {
        Critic critic = arrays.filled(new Critic(2), 0.4);
        NDArray normal = arrays.random(2, 1, 64, 64);
        NDArray restored = arrays.random(2, 1, 64, 64);
        NDArray mix = arrays.random(2, 1, 1, 1).abs();
        checkGradient(critic, () -> SaganLosses.critic(arrays.parameters, critic, normal, restored, mix));
    }

    @ParameterizedTest
    @EnumSource(Position.class)
    void generatorLossHasTheGradientOfFiniteDifferences(Position position) {
        Generator generator = arrays.filled(new Generator(new GeneratorShape(2, 64, 32, position, true)), 0.5);
        Critic critic = arrays.filled(new Critic(2), 0.4);
        NDArray normal = arrays.random(1, 1, 64, 64);
        NDArray corrupted = arrays.random(1, 1, 64, 64);
        checkGradient(generator, () -> {
            NDArray restored = generator.apply(arrays.parameters, corrupted, true);
            return SaganLosses.squared(normal, restored)
                    .add(SaganLosses.absolute(normal, restored))
                    .add(SaganLosses.adversarial(arrays.parameters, critic, restored));
        });
    }

    @Test
    void featuresAreHowFarApartTheCriticsLayersAreInTheMean() {
        Critic critic = arrays.filled(new Critic(2), 0.4);
        NDArray normal = arrays.random(2, 1, 64, 64);
        NDArray restored = arrays.random(2, 1, 64, 64);
        double expected = 0;
        for (int layer = 0; layer < 6; layer++) {
            NDArray one = critic.features(arrays.parameters, normal, true).get(layer);
            NDArray other = critic.features(arrays.parameters, restored, true).get(layer);
            assertThat(one.getShape()).isEqualTo(new Shape(2, 2L << layer, 32 >> layer, 32 >> layer));
            double[] a = one.toDoubleArray();
            double[] b = other.toDoubleArray();
            for (int i = 0; i < a.length; i++) {
                expected += Math.abs(a[i] - b[i]) / a.length / 6;
            }
        }
        assertThat(features(critic, normal, restored))
                .isCloseTo(expected, within(1e-6))
                .isPositive();
        assertThat(features(critic, normal, normal)).isZero();
    }

    private double features(Critic critic, NDArray normal, NDArray restored) {
        return SaganLosses.features(arrays.parameters, critic, normal, restored).getDouble();
    }

    @Test
    void featuresHaveTheGradientOfFiniteDifferences() {
        ProxyAno network = arrays.filled(new ProxyAno(new ProxyAnoShape(2, 64, 8, 100, 1)), 0.5);
        Critic critic = arrays.filled(new Critic(2), 0.4);
        NDArray normal = arrays.random(1, 1, 64, 64);
        checkGradient(
                network,
                () -> Scalar.times(
                        SaganLosses.features(
                                arrays.parameters, critic, normal, network.apply(arrays.parameters, normal, true)),
                        3));
    }

    private void checkGradient(Block block, Supplier<NDArray> loss) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.get());
        }
        int checked = 0;
        for (Parameter parameter : block.getParameters().values()) {
            NDArray array = parameter.getArray();
            NDArray direction = arrays.random(array.getShape().getShape());
            double along = array.getGradient().mul(direction).sum().getDouble();
            // so short that hardly a ReLU changes its side
            double h = 1e-8;
            double above = moved(array, direction, h, loss);
            double below = moved(array, direction, -h, loss);
            double measured = (above - below) / (2 * h);
            assertThat(along)
                    .as(parameter.getName() + " " + array.getShape())
                    .isCloseTo(measured, within(1e-4 * Math.max(1, Math.abs(measured))));
            checked += Math.abs(measured) > 1e-4 ? 1 : 0;
        }
        assertThat(checked).as("parameters that matter").isGreaterThan(6);
    }

    private static double moved(NDArray array, NDArray direction, double h, Supplier<NDArray> loss) {
        try (NDManager scratch = NDManager.newBaseManager()) {
            NDArray kept = array.duplicate();
            kept.attach(scratch);
            NDArray step = direction.mul(h);
            step.attach(scratch);
            array.addi(step);
            double value = loss.get().getDouble();
            kept.copyTo(array);
            return value;
        }
    }
}
