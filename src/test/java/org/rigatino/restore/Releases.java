package org.rigatino.restore;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rigatino.image.Framing;
import org.rigatino.network.sagan.Generator;
import org.rigatino.network.sagan.GeneratorShape;

/** Small releases with untrained networks, for tests. */
public final class Releases {
    public static final int SIZE = 32;

    public static final Eligibility AXIAL_FLAIR = new Eligibility(
            List.of("MR"),
            List.of("MONOCHROME2"),
            16,
            List.of("LOCALIZER", "SECONDARY"),
            List.of("HEAD", "BRAIN"),
            "HEAD|BRAIN",
            "FLAIR",
            "T1[ _-]*FLAIR",
            Plane.AXIAL,
            30,
            0.05);

    private Releases() {}

    public static ModelRelease write(Path models, String name, Eligibility eligibility) throws IOException {
        Path directory = Files.createDirectories(models.resolve(name).resolve("1"));
        PyTorch.engine().setRandomSeed(3);
        try (NDManager manager = NDManager.newBaseManager();
                DataOutputStream out =
                        new DataOutputStream(Files.newOutputStream(directory.resolve(ModelRelease.WEIGHTS_FILE)))) {
            Generator generator = new Generator(new GeneratorShape(2, SIZE, 16));
            generator.initialize(manager, DataType.FLOAT32, new Shape(1, 1, SIZE, SIZE));
            generator.saveParameters(out);
        }
        float[] spread = new float[SIZE * SIZE];
        Arrays.fill(spread, 0.5f);
        return ModelRelease.write(directory, file(name, eligibility), spread);
    }

    private static ReleaseFile file(String name, Eligibility eligibility) {
        return new ReleaseFile(
                name,
                "1",
                "sagan",
                "For tests.",
                new ReleaseFile.Grid(Framing.HEAD, SIZE),
                new ReleaseFile.Network(2, 16),
                new Normalisation(4, 0.1),
                new Scoring(Scoring.Sign.BRIGHTER, 1, 0.01),
                eligibility,
                new Calibration(List.of(1.0, 2.0, 3.0, 4.0), 0.75, 4.0, 2.0),
                new ReleaseFile.Training("none", "none", "none", 3, 0, 0, 4, Map.of()),
                Map.of(),
                List.of());
    }
}
