package org.rigatino.learn.train;

import picocli.CommandLine.Option;

/** Options of {@code rigatino train} that every method has. */
final class TrainingOptions {
    /** Cells a side. */
    static final int LARGEST_GRID = 2048;

    @Option(names = "--width", defaultValue = "16", description = "channels after the network's stem")
    int width;

    @Option(
            names = "--grid",
            defaultValue = "64",
            description = "side of the grid that the network sees: 64, 128, 256; patches and position code follow")
    int grid;

    @Option(names = "--iterations", defaultValue = "1200")
    int iterations;

    @Option(names = "--batch", defaultValue = "8", description = "images in an iteration")
    int batch;

    @Option(names = "--learning-rate", defaultValue = "0.0005")
    double learningRate;

    @Option(names = "--seed", defaultValue = "1", description = "of weights and batches")
    int seed;

    @Option(names = "--flips", negatable = true, defaultValue = "true", fallbackValue = "true", description = "mirror")
    boolean flips;

    /** @throws IllegalArgumentException where a number is out of its range */
    void require() {
        OptionRange.whole("--width", width, 1, 1024);
        OptionRange.whole("--grid", grid, 8, LARGEST_GRID);
        OptionRange.whole("--iterations", iterations, 1, 10_000_000);
        OptionRange.whole("--batch", batch, 1, Integer.MAX_VALUE / ((long) grid * grid));
        OptionRange.above0("--learning-rate", learningRate, 1);
    }
}
