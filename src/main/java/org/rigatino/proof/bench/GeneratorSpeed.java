package org.rigatino.proof.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.rigatino.learn.train.Learner;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.Products;
import org.rigatino.network.sagan.Generator;
import org.rigatino.network.sagan.GeneratorShape;
import org.rigatino.network.sagan.SaganLosses;

/** SAGAN's generator of one shape, timed. Weights are as they are before training: no speed depends on them. */
record GeneratorSpeed(NDManager manager, GeneratorShape shape, Stopwatch stopwatch) {
    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.999;
    private static final double RATE = 1e-4;

    /** Of the pass that draws, from an array on the device to one in Java. */
    Speed forward(int batch) {
        Generator generator = new Generator(shape);
        generator.initialize(manager, DataType.FLOAT32, new Shape(1));
        ParameterStore parameters = new ParameterStore(manager, false);
        NDArray x = images(batch);
        Runnable pass = () -> {
            try (NDManager scratch = manager.newSubManager()) {
                generator.apply(parameters, Speed.in(scratch, x), false).toFloatArray();
            }
        };
        return speed(batch, Products.during(pass), pass);
    }

    /** Of forward, backward and Adam. Backward makes twice the products of forward: for weights, and for inputs. */
    Speed training(int batch, Arithmetic arithmetic) {
        Learner<Generator> learner = new Learner<>(manager, new Generator(shape, arithmetic), BETA1, BETA2);
        ParameterStore parameters = new ParameterStore(manager, false);
        NDArray x = images(batch);
        Runnable step = () -> learner.step(
                scratch -> {
                    NDArray image = Speed.in(scratch, x);
                    return SaganLosses.absolute(image, learner.network().apply(parameters, image, true));
                },
                RATE);
        return speed(batch, 3 * Products.during(step), step);
    }

    private Speed speed(int batch, long products, Runnable work) {
        double growth = ResidentMemory.growth(work);
        double seconds = stopwatch.median(work);
        double gigaflops = Speed.gigaflops(products, seconds);
        return new Speed(shape.side(), shape.width(), batch, seconds, gigaflops, growth / batch);
    }

    private NDArray images(int batch) {
        return manager.randomUniform(-1, 1, new Shape(batch, 1, shape.side(), shape.side()));
    }
}
