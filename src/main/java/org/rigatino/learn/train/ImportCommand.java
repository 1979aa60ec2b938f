package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleaseFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rigatino release import}. */
@Command(
        name = "import",
        description = {
            "Makes a release of a network that was made elsewhere and saved as TorchScript.",
            "Calibrates it on all normal images of a folder, none of which the network may have learnt from."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ImportCommand extends ReleaseMaker {
    @Option(
            names = "--script",
            required = true,
            description = "TorchScript of (N,1,GRID,GRID) float32 in [-1,1] to the same shape")
    private Path script;

    @Option(
            names = "--profile",
            required = true,
            description = "JSON: purpose, framing, normalisation, scoring, eligibility and limits of the release")
    private Path profile;

    @Option(names = "--grid", defaultValue = "64", description = "side of the images that the network was made for")
    private int grid;

    @Option(
            names = "--data",
            required = true,
            description = "folder with a manifest.csv, or with a folder normal, or of DICOM files")
    private Path data;

    @Option(
            names = "--patient-separator",
            defaultValue = "_",
            description = "ends the patient's part of the file names in normal")
    private String separator;

    @Mixin
    private StudyOptions studies;

    @Mixin
    private LikenessOptions likeness;

    @Option(names = "--out", required = true, description = "the release to write, as in models/NAME/VERSION")
    private Path out;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    ImportCommand() {
        super("release import");
    }

    @Override
    void make(PrintWriter console) throws IOException {
        NewRelease release = new NewRelease(out);
        OptionRange.whole("--grid", grid, 8, TrainingOptions.LARGEST_GRID);
        studies.require();
        likeness.require();
        PyTorch.device(device);
        ReleaseProfile read = ReleaseProfile.read(profile);
        ImageLoader loader = new ImageLoader(new ReleaseFile.Grid(read.framing(), grid), read.normalisation());
        DataFolder folder = new DataFolder(data, loader, read.eligibility(), separator);
        Importing importing = new Importing(script, read, grid, studies, likeness, release, line());
        ModelRelease written = importing.run(folder, device, console);
        console.printf(
                "wrote %s, digest %s: threshold %.4f%n",
                out, written.digest(), written.file().calibration().threshold());
    }
}
