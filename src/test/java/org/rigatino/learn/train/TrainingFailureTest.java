package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.SmallDisk;
import org.rigatino.restore.PyTorch;
import picocli.CommandLine;

@Slow
class TrainingFailureTest {
    private static final int SIDE = 64;

    @TempDir
    Path folder;

    private static Recipe recipe() {
        TrainingOptions common = CommandLine.populateCommand(
                new TrainingOptions(), "--width", "2", "--batch", "1", "--iterations", "100");
        return CommandLine.populateCommand(new SaganOptions()).recipe(common);
    }

    private static TrainingImage flat(float value) {
        float[] values = new float[SIDE * SIDE];
        Arrays.fill(values, value);
        return new TrainingImage(values, new boolean[SIDE * SIDE]);
    }

    private TrainingLoop loop(Trainer trainer, Checkpoint checkpoint, int every) {
        List<TrainingImage> heldBack = List.of(flat(0.2f));
        Validation validation =
                new Validation(heldBack, List.of(), new Calibrator(ReleaseProfile.DEFAULT.scoring(), SIDE, 0.95));
        Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), false, 0, 100);
        Sheet sheet = new Sheet(folder, heldBack, SIDE);
        return new TrainingLoop(trainer, checkpoint, new Curves(100), validation, sheet, progress, every);
    }

    /** One image of eight is not made of numbers: training goes well until it is drawn. */
    @Test
    void stopsAtTheFirstLossThatIsNotANumberAndKeepsTheStateBefore() throws IOException {
        List<TrainingImage> images = new ArrayList<>(List.of(flat(Float.NaN)));
        for (int i = 0; i < 7; i++) {
            images.add(flat(i / 10f));
        }
        Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint"), "images");
        int failed;
        try (Trainer trainer = recipe().trainer("cpu", images, List.of())) {
            TrainingException stopped = catchThrowableOfType(
                    TrainingException.class, () -> loop(trainer, checkpoint, 1).run());
            failed = trainer.iteration();
            assertThat(failed).isGreaterThan(1);
            assertThat(stopped)
                    .hasMessageContainingAll(
                            "diverged at iteration " + failed,
                            "loss is NaN",
                            " at iteration " + (failed - 1) + "; ",
                            "checkpoint of iteration " + (failed - 1) + " is kept in");
            assertThat(stopped.getMessage()).doesNotContain("--").hasLineCount(1);
            assertThat(trainer.finite()).isFalse();
            assertThatThrownBy(() -> checkpoint.save(trainer, new Curves(100)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("checkpoint of iteration " + (failed - 1) + " is kept in");
        }
        try (Trainer again = recipe().trainer("cpu", images, List.of())) {
            new Checkpoint(folder.resolve("checkpoint"), "images").load(again, new Curves(100));
            assertThat(again.iteration()).isEqualTo(failed - 1);
            assertThat(again.finite()).isTrue();
        }
    }

    @Test
    void aCheckpointOfOtherImagesIsRefused() throws IOException {
        try (Trainer trainer = recipe().trainer("cpu", List.of(flat(0)), List.of())) {
            new Checkpoint(folder.resolve("checkpoint"), "these").save(trainer, new Curves(100));
            assertThatThrownBy(
                            () -> new Checkpoint(folder.resolve("checkpoint"), "others").load(trainer, new Curves(100)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("has learnt from other images", "this version of Rigatino");
        }
    }

    @Test
    void aCheckpointThatTheDiskHasNoRoomForIsNamedWithTheOneBefore() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 64);
                Trainer trainer = recipe().trainer("cpu", List.of(flat(0)), List.of())) {
            Checkpoint checkpoint = new Checkpoint(disk.folder().resolve("checkpoint"), "images");
            checkpoint.save(trainer, new Curves(100));
            disk.fill();
            assertThatThrownBy(() -> checkpoint.save(trainer, new Curves(100)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContainingAll(
                            disk.folder() + "/checkpoint.next cannot be written: No space left on device",
                            "the checkpoint of iteration 0 is kept in",
                            "--resume");
            assertThat(disk.folder().resolve("checkpoint.next")).doesNotExist();
            checkpoint.load(trainer, new Curves(100));
        }
    }

    /** A petabyte. */
    @Test
    void theEnginesWordForTooLittleMemoryIsUnderstood() {
        try (NDManager manager = PyTorch.engine().newBaseManager()) {
            EngineException refused =
                    catchThrowableOfType(EngineException.class, () -> manager.zeros(new Shape(1 << 24, 1 << 24)));
            TrainingException stopped = TrainingException.of(refused, "at iteration 7", "it is kept");
            assertThat(stopped).hasMessageStartingWith("out of memory at iteration 7 (");
            assertThat(stopped).hasMessageContainingAll("--batch", "--grid", "--width", "it is kept");
            assertThat(stopped.getMessage().lines()).hasSize(1);
        }
    }
}
