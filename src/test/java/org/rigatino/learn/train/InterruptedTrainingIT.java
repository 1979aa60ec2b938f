package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Rigatino;
import org.rigatino.restore.ModelRelease;

class InterruptedTrainingIT {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private TrainingProcess train(String name, List<String> options, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--data", folder.resolve("data").toString()));
        arguments.addAll(List.of("--out", folder.resolve(name + "/tiny/1").toString()));
        arguments.addAll(List.of("--work", folder.resolve(name + "/work").toString()));
        arguments.addAll(List.of("--width", "2", "--device", "cpu", "--every", "20", "--try"));
        arguments.addAll(List.of(more));
        return TrainingProcess.start(folder, options, Rigatino.class, arguments.toArray(String[]::new));
    }

    private byte[] file(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    @Test
    void goesOnAfterSigtermAsIfThereHadBeenNone() throws IOException, InterruptedException {
        TrainingProcess.writeNormals(folder);
        TrainingProcess interrupted = train("broken", List.of(), "--batch", "2", "--iterations", "30");
        await().atMost(Patience.PROCESS)
                .until(() -> interrupted.output().contains(" 5/30")
                        || !interrupted.process().isAlive());
        interrupted.process().destroy();
        assertThat(interrupted.exit()).as(interrupted.output()).isEqualTo(TERMINATED);
        assertThat(interrupted.output()).contains("interrupted after iteration", "go on with --resume");
        assertThat(folder.resolve("broken/work/checkpoint")).exists();
        assertThat(folder.resolve("broken/tiny/1")).doesNotExist();

        TrainingProcess resumed = train("broken", List.of(), "--batch", "2", "--iterations", "30", "--resume");
        TrainingProcess straight = train("straight", List.of(), "--batch", "2", "--iterations", "30");
        assertThat(resumed.exit()).as(resumed.output()).isZero();
        assertThat(straight.exit()).as(straight.output()).isZero();
        assertThat(resumed.output()).doesNotContain(" 1/30 ");
        String weights = "/tiny/1/" + ModelRelease.WEIGHTS_FILE;
        assertThat(file("broken" + weights)).isEqualTo(file("straight" + weights));
        assertThat(file("broken/tiny/1/curves.csv")).isEqualTo(file("straight/tiny/1/curves.csv"));
    }

    @Test
    void withoutEnoughMemoryItStopsWithOneLine() throws IOException, InterruptedException {
        TrainingProcess.writeNormals(folder);
        TrainingProcess training = train("large", List.of("-Xmx128m"), "--iterations", "5", "--batch", "20000");
        assertThat(training.exit()).as(training.output()).isEqualTo(1);
        assertThat(training.output().lines().filter(line -> line.startsWith("rigatino train: ")))
                .singleElement()
                .asString()
                .contains("out of memory at iteration 1 (Java heap space)", "--batch", "no checkpoint was written yet");
        assertThat(training.output()).doesNotContain("\tat ");
    }
}
