package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleaseFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rigatino release ensemble}. */
@Command(
        name = "ensemble",
        description = {
            "Makes one release of several that were trained alike but for their seed: their restorations are averaged.",
            "Calibrates it on the normal images that none of them learnt from. One member alone is stored anew, in half",
            "precision for instance."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class EnsembleCommand extends ReleaseMaker {
    @Option(names = "--member", required = true, description = "a release, as in models/NAME/VERSION; once for each")
    private List<Path> members;

    @Option(names = "--out", required = true, description = "the release to write, as in models/NAME/VERSION")
    private Path out;

    @Option(names = "--precision", defaultValue = "float32", description = "of the stored weights: float32 or float16")
    private String precision;

    @Mixin
    private DataOptions data;

    @Mixin
    private StudyOptions studies;

    @Mixin
    private LikenessOptions likeness;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    EnsembleCommand() {
        super("release ensemble");
    }

    @Override
    void make(PrintWriter console) throws IOException {
        NewRelease release = new NewRelease(out);
        data.require();
        studies.require();
        likeness.require();
        PyTorch.device(device);
        List<ModelRelease> releases = new ArrayList<>();
        for (Path member : members) {
            releases.add(ModelRelease.load(member));
        }
        Ensembling ensembling = new Ensembling(
                new EnsembleMembers(releases), precision(), data, studies, likeness, release, device, line());
        ModelRelease written = ensembling.run(console);
        console.printf("wrote %s of %d networks, digest %s%n", out, releases.size(), written.digest());
    }

    private ReleaseFile.Precision precision() {
        return switch (precision) {
            case "float32" -> ReleaseFile.Precision.FLOAT32;
            case "float16" -> ReleaseFile.Precision.FLOAT16;
            default -> throw new IllegalArgumentException("--precision is " + precision + ": it is float32 or float16");
        };
    }
}
