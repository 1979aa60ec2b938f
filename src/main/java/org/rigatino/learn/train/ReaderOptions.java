package org.rigatino.learn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rigatino.network.Arithmetic;
import org.rigatino.restore.ModelRelease;
import picocli.CommandLine.Option;

/** Options of {@code --method reader}. */
final class ReaderOptions implements MethodOptions {
    @Option(
            names = "--behind",
            description = "reader: the release whose drawings it reads, as in models/NAME/VERSION; all but the reader"
                    + " is that release's")
    private Path behind;

    @Option(
            names = "--reader-anomaly",
            defaultValue = "lesions,lesions,none",
            description = "reader: what is drawn into normal images to be found, as of --pseudo-anomaly")
    private String anomaly;

    @Option(names = "--reader-scanner", description = "reader: vary images as scanners do, as --scanner does")
    private boolean scanner;

    @Option(
            names = "--reader-arithmetic",
            defaultValue = "float32",
            description = "reader: of the network while it learns, float32 or bfloat16")
    private String arithmetic;

    @Override
    public ReaderRecipe recipe(TrainingOptions common) {
        if (behind == null) {
            throw new IllegalArgumentException(
                    "--method reader needs --behind, the release whose drawings are to be read");
        }
        ModelRelease release = load();
        int side = release.file().grid().size();
        if (common.grid != side) {
            throw new IllegalArgumentException("--grid is " + common.grid + ", and that of --behind " + release.model()
                    + " is " + side + ": give --grid " + side);
        }
        return new ReaderRecipe(
                release,
                common.width,
                common.batch,
                common.iterations,
                common.seed,
                common.learningRate,
                anomaly,
                common.flips,
                scanner,
                Arithmetic.named(arithmetic));
    }

    private ModelRelease load() {
        try {
            return ModelRelease.load(behind);
        } catch (IOException e) {
            throw new UncheckedIOException("--behind: " + e.getMessage(), e);
        }
    }
}
