package org.rigatino.learn.train;

import picocli.CommandLine.Option;

/** Options of {@code --method proxyano}. */
final class ProxyAnoOptions implements MethodOptions {
    @Option(names = "--segments", defaultValue = "200", description = "proxyano: superpixels of an image, about")
    private int segments;

    @Option(
            names = "--compactness",
            defaultValue = "0.2",
            description = "proxyano: of the superpixels; intensities range from -1 to 1")
    private double compactness;

    @Option(names = "--memory", defaultValue = "256", description = "proxyano: slots of the memory")
    private int memory;

    @Option(
            names = "--shrinkage",
            defaultValue = "100",
            description = "proxyano: addressing weights below this percentage of the mean weight fall to 0")
    private int shrinkage;

    @Option(
            names = "--sharpness",
            defaultValue = "10",
            description = "proxyano: of the addressing, its cosines are multiplied by it; MemAE's is 1")
    private int sharpness;

    @Option(
            names = "--superpixel-anomaly",
            defaultValue = "patch,coarse-noise",
            description = "proxyano: how superpixel images become pseudo-abnormal: patch as in the paper,"
                    + " coarse-noise, intensity, texture, deformation, or several separated by commas")
    private String anomaly;

    @Option(names = "--entropy-weight", defaultValue = "0.0002", description = "proxyano: of the addressing's entropy")
    private double entropyWeight;

    @Option(
            names = "--reality-weight",
            defaultValue = "0",
            description = "proxyano: of a critic's word on reconstructions; 0 trains without it")
    private double adversarialWeight;

    @Option(
            names = "--feature-weight",
            defaultValue = "0",
            description = "proxyano: of the difference between what a critic's layers make of reconstruction and image;"
                    + " 0 leaves it out")
    private double featureWeight;

    @Override
    public ProxyAnoRecipe recipe(TrainingOptions common) {
        OptionRange.whole("--segments", segments, 1, (long) common.grid * common.grid);
        OptionRange.above0("--compactness", compactness, MOST_WEIGHT);
        OptionRange.whole("--memory", memory, 1, 65_536);
        OptionRange.whole("--shrinkage", shrinkage, 0, 100);
        OptionRange.whole("--sharpness", sharpness, 1, 1000);
        OptionRange.number("--entropy-weight", entropyWeight, 0, MOST_WEIGHT);
        OptionRange.number("--reality-weight", adversarialWeight, 0, MOST_WEIGHT);
        OptionRange.number("--feature-weight", featureWeight, 0, MOST_WEIGHT);
        return new ProxyAnoRecipe(
                common.width,
                common.grid,
                segments,
                compactness,
                memory,
                shrinkage,
                sharpness,
                anomaly,
                common.batch,
                common.iterations,
                common.seed,
                common.learningRate,
                entropyWeight,
                adversarialWeight,
                featureWeight,
                common.flips);
    }
}
