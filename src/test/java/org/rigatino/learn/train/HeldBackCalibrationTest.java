package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Rigatino;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseMetrics;
import picocli.CommandLine;

/** {@code calibrate --held-back} takes the patients that the training held back, or says that it cannot. */
class HeldBackCalibrationTest {
    @TempDir
    static Path folder;

    private static Path trained;

    @BeforeAll
    static void train() throws IOException {
        Heads.write(folder.resolve("data"), 100);
        Heads.write(folder.resolve("other"), 60);
        trained = folder.resolve("models/trained/1");
        String[] arguments = {
            "train", "--method", "autoencoder", "--grid", "32", "--width", "2", "--iterations", "1", "--batch", "1"
        };
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--device", "cpu", "--work", folder.resolve("work").toString()));
        all.addAll(List.of("--data", folder.resolve("data").toString(), "--out", trained.toString()));
        assertThat(run(0, all)).contains("80 normal images of 40 patients to learn from, 20 of 10 held back");
    }

    private static String run(int exit, List<String> arguments) {
        StringWriter console = new StringWriter();
        int code = new CommandLine(new Rigatino())
                .setOut(new PrintWriter(console, true))
                .setErr(new PrintWriter(console, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(console.toString()).isEqualTo(exit);
        return console.toString();
    }

    private static String calibrate(int exit, String data, String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("calibrate", "--held-back", "--device", "cpu"));
        arguments.addAll(List.of("--model", trained.toString(), "--out", out));
        arguments.addAll(List.of("--data", folder.resolve(data).toString()));
        arguments.addAll(List.of(more));
        return run(exit, arguments);
    }

    @ParameterizedTest
    @CsvSource({"data, 1e-9, 2", "few, 0.2, 6"})
    void aReleaseWhoseThresholdWouldMeanNothingIsNotMade(String data, String share, int heldBack) throws IOException {
        Heads.write(folder.resolve("few"), 30);
        Path out = folder.resolve("models/none/1");
        List<String> arguments = new ArrayList<>(List.of("train", "--method", "autoencoder", "--device", "cpu"));
        arguments.addAll(List.of("--width", "2", "--iterations", "1", "--validation-share", share));
        arguments.addAll(List.of("--work", folder.resolve("none").toString(), "--out", out.toString()));
        arguments.addAll(List.of("--data", folder.resolve(data).toString()));
        assertThat(run(1, arguments))
                .contains("there are " + heldBack + " held-back normal images and 20 are needed at least")
                .contains("95 %", "--validation-share", "--try");
        assertThat(out).doesNotExist();
    }

    @Test
    void thoseHeldBackCalibrateAsInTheTraining() throws IOException {
        Path out = folder.resolve("sites/trained/1");
        assertThat(calibrate(0, "data", out.toString())).contains("20 normal images of 10 patients");
        ModelRelease before = ModelRelease.load(trained);
        ModelRelease after = ModelRelease.load(out);
        assertThat(after.file().training().calibrationImages()).isEqualTo(20);
        List<Double> expected = before.file().calibration().scores();
        List<Double> scores = after.file().calibration().scores();
        assertThat(scores).hasSameSizeAs(expected);
        for (int i = 0; i < scores.size(); i++) {
            assertThat(scores.get(i)).isCloseTo(expected.get(i), within(1e-4));
        }
    }

    /** The name of a folder and those of its files may be others by then. */
    @Test
    void imagesThatWereLearntFromAreKnownAgainUnderAnotherName() throws IOException {
        Path renamed = Files.createDirectories(folder.resolve("renamed/normal"));
        Path labelled = Files.createDirectories(folder.resolve("labelled"));
        List<String> manifest = new ArrayList<>(List.of("file,split,label,mask,patient"));
        List<Path> images;
        try (Stream<Path> files = Files.list(folder.resolve("data/normal"))) {
            images = files.sorted().toList();
        }
        for (int i = 0; i < images.size(); i++) {
            Files.copy(images.get(i), renamed.resolve("q" + i / 2 + "_" + i % 2 + ".png"));
            Files.copy(images.get(i), labelled.resolve(i + ".png"));
            manifest.add(i + ".png,dev_test," + (i % 2 == 0 ? "normal" : "abnormal") + ",,q" + i / 2);
        }
        Files.write(labelled.resolve("manifest.csv"), manifest);
        Path out = folder.resolve("sites/renamed/1");
        List<String> line = List.of("--device", "cpu", "--model", trained.toString(), "--data");
        List<String> calibrate = new ArrayList<>(line);
        calibrate.add(0, "calibrate");
        calibrate.addAll(List.of(folder.resolve("renamed").toString(), "--out", out.toString()));
        assertThat(run(1, calibrate))
                .startsWith(
                        "rigatino calibrate: --data: 80 of the 100 normal images are among those that trained/1 learnt")
                .contains("--held-back")
                .containsPattern("\\Rnormal/q\\d+_[01]\\.png\\R")
                .hasLineCount(1 + 80);
        assertThat(out).doesNotExist();
        List<String> evaluate = new ArrayList<>(line);
        evaluate.add(0, "evaluate");
        evaluate.addAll(List.of(
                labelled.toString(), "--out", folder.resolve("evaluation").toString()));
        evaluate.add("--record");
        assertThat(run(0, evaluate))
                .contains(
                        "trained/1 has learnt from 80 of the 100 images",
                        "metrics.json of trained/1 says so: these numbers count as none where it is promoted");
        Path metrics = trained.resolve(ReleaseMetrics.FILE);
        try {
            assertThat(ReleaseMetrics.caveats(ReleaseMetrics.of(ModelRelease.load(trained))
                            .orElseThrow()
                            .metrics()))
                    .satisfiesExactly(
                            learnt -> assertThat(learnt).startsWith("trained/1 has learnt from 80 of the 100 images"),
                            calibrated -> assertThat(calibrated)
                                    .matches("trained/1 is calibrated by (20|1\\d) of the 100 images: .*"),
                            shaped -> assertThat(shaped)
                                    .startsWith("trained/1 tells what is unlike by 100 of the 100 images"));
        } finally {
            Files.delete(metrics);
        }
    }

    /** A copy that the training only warned of: what it held back was learnt from all the same. */
    @Test
    void whatWasHeldBackAndLearntUnderAnotherPatientIsNamedByItsFiles() throws IOException {
        Path data = folder.resolve("copied");
        Heads.write(data, 100);
        for (int patient = 1; patient < 50; patient += 2) {
            Files.copy(
                    data.resolve("normal/p" + (patient - 1) + "_0.png"),
                    data.resolve("normal/p" + patient + "_0.png"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Path copied = folder.resolve("models/copied/1");
        List<String> train =
                new ArrayList<>(List.of("train", "--method", "autoencoder", "--grid", "32", "--width", "2"));
        train.addAll(List.of("--iterations", "1", "--batch", "1", "--device", "cpu", "--out", copied.toString()));
        train.addAll(List.of("--refused-normals", "0"));
        train.addAll(List.of(
                "--data",
                data.toString(),
                "--work",
                folder.resolve("work-copied").toString()));
        assertThat(run(0, train)).contains("the same to the network as one of another patient");
        Path out = folder.resolve("sites/copied/1");
        String told = run(
                1,
                List.of(
                        "calibrate",
                        "--held-back",
                        "--device",
                        "cpu",
                        "--model",
                        copied.toString(),
                        "--data",
                        data.toString(),
                        "--out",
                        out.toString()));
        assertThat(told)
                .containsPattern("--data: [1-9]\\d* of the 20 held-back normal images .*\\R(normal/p\\d+_0\\.png\\R)+$")
                .contains("train anew", "without --held-back")
                .doesNotContain("and --held-back");
        assertThat(out).doesNotExist();
    }

    @Test
    void otherPatientsThanThoseAreRefusedInOneLine() {
        String out = folder.resolve("sites/refused/1").toString();
        assertThat(calibrate(1, "data", out, "--split-seed", "2"))
                .startsWith("rigatino calibrate: the training held back the patients of --split-seed 1, not of 2")
                .hasLineCount(1);
        assertThat(calibrate(1, "other", out))
                .startsWith("rigatino calibrate: the training learnt from 80 images of data but 48 of other")
                .hasLineCount(1);
        assertThat(Path.of(out)).doesNotExist();
    }
}
