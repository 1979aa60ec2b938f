package org.rigatino.proof.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.Convolution;
import org.rigatino.network.Products;
import org.rigatino.restore.PyTorch;

/**
 * What the engine reaches with nothing but 3x3 convolutions, of as many channels out as in, batch 8: the best of three
 * sizes, in GFLOP/s, a product and its sum being two.
 */
record PlainConvolutions(NDManager manager, Stopwatch stopwatch) {
    private static final int BATCH = 8;
    /** Channels, then side. */
    private static final int[][] SIZES = {{64, 64}, {128, 32}, {256, 16}};

    double forward() {
        double best = 0;
        for (int[] size : SIZES) {
            Convolution convolution = convolution(size);
            NDArray x = manager.randomNormal(new Shape(BATCH, size[0], size[1], size[1]));
            ParameterStore parameters = new ParameterStore(manager, false);
            long products = Products.during(() -> forward(convolution, parameters, x));
            double seconds = stopwatch.median(() -> forward(convolution, parameters, x));
            best = Math.max(best, Speed.gigaflops(products, seconds));
        }
        return best;
    }

    /** Forward, and backward to weights and input: three times the products of forward. */
    double training(Arithmetic arithmetic) {
        double best = 0;
        for (int[] size : SIZES) {
            Convolution convolution = convolution(size);
            NDArray x = manager.randomNormal(new Shape(BATCH, size[0], size[1], size[1]));
            x.setRequiresGradient(true);
            ParameterStore parameters = new ParameterStore(manager, false);
            long products = 3 * Products.during(() -> step(convolution, parameters, x, arithmetic));
            double seconds = stopwatch.median(() -> step(convolution, parameters, x, arithmetic));
            best = Math.max(best, Speed.gigaflops(products, seconds));
        }
        return best;
    }

    private Convolution convolution(int[] size) {
        Convolution convolution = new Convolution(size[0], size[0], 3, 1, 1, false);
        convolution.initialize(manager, DataType.FLOAT32, new Shape(1));
        return convolution;
    }

    private void forward(Convolution convolution, ParameterStore parameters, NDArray x) {
        try (NDManager scratch = manager.newSubManager()) {
            convolution.apply(parameters, Speed.in(scratch, x), false).getFloat(0, 0, 0, 0);
        }
    }

    private void step(Convolution convolution, ParameterStore parameters, NDArray x, Arithmetic arithmetic) {
        try (NDManager scratch = manager.newSubManager();
                GradientCollector collector = PyTorch.engine().newGradientCollector()) {
            NDArray image = Speed.in(scratch, x);
            NDArray y = convolution.apply(parameters, arithmetic.reduced(image), true);
            NDArray sum = Arithmetic.like(y, image).sum();
            collector.backward(sum);
            sum.getFloat();
        }
    }
}
