package org.rigatino.proof.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rigatino.image.Framing;
import org.rigatino.network.Waiting;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Scoring;
import org.rigatino.restore.Weights;

/** A release whose restorer only waits, the stand-in for a GPU. Nothing loads it without {@link Networks#STAND_IN}. */
final class StandIn {
    private static final int SIDE = 32;

    private StandIn() {}

    /**
     * @param milliseconds that it waits for each image
     * @param acrossSlices as {@link Scoring}
     */
    static void write(Path models, int milliseconds, double acrossSlices) throws IOException {
        System.setProperty(Networks.STAND_IN, "true");
        Path directory = Files.createDirectories(models.resolve("stand-in/1"));
        try (NDManager manager = PyTorch.engine().newBaseManager(PyTorch.device("cpu"))) {
            Waiting waiting = new Waiting(milliseconds);
            waiting.initialize(manager, DataType.FLOAT32, new Shape(1, 1, SIDE, SIDE));
            Weights.write(
                    directory.resolve(ModelRelease.WEIGHTS_FILE),
                    manager,
                    List.of(waiting),
                    ReleaseFile.Precision.FLOAT32,
                    () -> new Waiting(milliseconds));
        }
        float[] spread = new float[SIDE * SIDE];
        Arrays.fill(spread, 1);
        ModelRelease.write(directory, file(milliseconds, acrossSlices), spread);
    }

    private static ReleaseFile file(int milliseconds, double acrossSlices) {
        return new ReleaseFile(
                "stand-in",
                "1",
                Networks.WAITING,
                "Waits as long as a GPU would work. Restores nothing.",
                new ReleaseFile.Grid(Framing.WHOLE, SIDE),
                ReleaseFile.Network.single(Map.of("milliseconds", milliseconds)),
                new Normalisation(Normalisation.Statistics.MOMENTS, -4, 4, 0.1),
                new Scoring(Scoring.Sign.BOTH, 1, 0.01, 1, 0, 0, 0, 0, 0, acrossSlices),
                new Eligibility(
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
                        null),
                new Calibration(List.of(0.0, 1e9), 0.95, 1e9, 0),
                new ReleaseFile.Training("bench", "none", "none", 1, 1, 0, 0, 0, Map.of()),
                List.of("It is no network."));
    }
}
