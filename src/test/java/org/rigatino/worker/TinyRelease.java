package org.rigatino.worker;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.rigatino.Patience;
import org.rigatino.TestJvm;
import org.rigatino.image.Framing;
import org.rigatino.network.sagan.Generator;
import org.rigatino.network.sagan.GeneratorShape;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Releases;
import org.rigatino.restore.Scoring;

/** A release of the smallest network, untrained: for the ways of a study, not for what it says. Takes any MR image. */
final class TinyRelease {
    static final Eligibility ANY_HEAD = new Eligibility(
            List.of("MR"),
            List.of("MONOCHROME2"),
            8,
            List.of(),
            List.of("HEAD"),
            null,
            null,
            null,
            null,
            0,
            0,
            List.of(),
            null);

    private static final int SIDE = 32;
    private static final int PATCH = 16;
    private static final int WIDTH = 2;
    /** Its differences over a spread of 1 are 2 at most. */
    private static final double NEVER_REACHED = 9;

    private static final float UNIFORM_SPREAD = 0.03f;

    private TinyRelease() {}

    /**
     * Draws the hyperbolic tangent of what it sees: what is brightest departs, and where is known beforehand, and its image is
     * flagged. Its normal studies depart nowhere.
     */
    static void writeUniform(Path models) throws IOException {
        copy("1", models, "uniform");
    }

    static void write(Path models) throws IOException {
        copy("1", models);
    }

    /** Version 2 of {@link #writeUniform}, which joins slices and has a reader. */
    static void writeUniformReader(Path models) throws IOException {
        copy("2", models, "uniform");
    }

    /** Version 2 of {@link #write}, which joins slices and has a reader. */
    static void writeReader(Path models) throws IOException {
        copy("2", models);
    }

    /** Made once by this JVM, whose applications have class loaders of their own, and copied then. */
    private static void copy(String version, Path models, String... kind) throws IOException {
        String made = TinyRelease.class.getName() + String.join("", kind);
        if (System.getProperty(made) == null) {
            Path folder = Files.createTempDirectory("tiny-release");
            List<String> arguments = new ArrayList<>(List.of(folder.toString()));
            arguments.addAll(List.of(kind));
            inItsOwnProcess(TinyRelease.class, arguments.toArray(String[]::new));
            System.setProperty(made, folder.toString());
        }
        FileUtils.copyDirectory(
                Path.of(System.getProperty(made), "tiny", version).toFile(),
                models.resolve("tiny").resolve(version).toFile());
    }

    /** PyTorch's libraries load into one class loader only, and in this process that is the application's. */
    static void inItsOwnProcess(Class<?> main, String... arguments) throws IOException {
        List<String> command = TestJvm.of(main);
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("release", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(Patience.PROCESS.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("the release was not written: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Path directory = Files.createDirectories(root.resolve("tiny/1"));
        PyTorch.engine().setRandomSeed(1);
        Generator generator = new Generator(new GeneratorShape(WIDTH, SIDE, PATCH));
        try (NDManager manager = PyTorch.engine().newBaseManager(PyTorch.device("cpu"));
                DataOutputStream out =
                        new DataOutputStream(Files.newOutputStream(directory.resolve(ModelRelease.WEIGHTS_FILE)))) {
            generator.initialize(manager, DataType.FLOAT32, new Shape(1, 1, SIDE, SIDE));
            if (args.length > 1) {
                generator.getParameters().values().forEach(parameter -> parameter
                        .getArray()
                        .muli(0));
            }
            generator.saveParameters(out);
        }
        float[] spread = new float[SIDE * SIDE];
        Arrays.fill(spread, args.length > 1 ? UNIFORM_SPREAD : 1);
        ReleaseFile file = args.length > 1 ? file(Scoring.Sign.BRIGHTER, 3) : file(Scoring.Sign.BOTH, NEVER_REACHED);
        NormalStudies normals = new NormalStudies(3, Collections.nCopies(19, 0.0), 0.05, "none");
        ModelRelease.write(directory, args.length > 1 ? file.withStudies(normals) : file, spread);
        Releases.withReader(Releases.join(Releases.again(directory, root, "2")), 7);
    }

    private static ReleaseFile file(Scoring.Sign sign, double threshold) {
        return new ReleaseFile(
                "tiny",
                "1",
                "sagan",
                "Tests the way of a study.",
                new ReleaseFile.Grid(Framing.WHOLE, SIDE),
                ReleaseFile.Network.single(Map.of("width", WIDTH, "patch", PATCH, "position", 1, "gate", 1)),
                new Normalisation(Normalisation.Statistics.MOMENTS, -4, 4, 0.1),
                new Scoring(sign, 1, 0.01, 1),
                ANY_HEAD,
                new Calibration(List.of(0.0, 1e9), 0.95, threshold, 0),
                new ReleaseFile.Training("test", "none", "none", 1, 1, 0, 0, 0, Map.of()),
                List.of("Untrained."));
    }
}
