package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Rigatino;
import org.rigatino.Slow;
import org.rigatino.finding.Findings;
import org.rigatino.image.Frame;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Restorer;
import picocli.CommandLine;

/** A reader is trained behind a release, calibrated, served, and kept by a site's calibration. */
@Slow
class ReaderCommandTest {
    private static final List<String> SMALL =
            List.of("--width", "2", "--iterations", "2", "--batch", "2", "--every", "2", "--device", "cpu");

    @TempDir
    static Path folder;

    private static String console;

    @BeforeAll
    static void trainWhatDraws() throws IOException {
        Heads.write(folder.resolve("heads"), 84);
        moveToSite(30, 42);
        assertThat(train("1", "--validation-share", "0.4")).as(console).isZero();
    }

    /** Patients of others, of whom nothing is learnt. */
    private static void moveToSite(int first, int end) throws IOException {
        Path site = Files.createDirectories(folder.resolve("site/normal"));
        for (int patient = first; patient < end; patient++) {
            for (int image = 0; image < 2; image++) {
                String name = "p" + patient + "_" + image + ".png";
                Files.move(folder.resolve("heads/normal").resolve(name), site.resolve(name));
            }
        }
    }

    private static int run(List<String> arguments) {
        StringWriter text = new StringWriter();
        int exit = new CommandLine(new Rigatino())
                .setOut(new PrintWriter(text))
                .setErr(new PrintWriter(text))
                .execute(arguments.toArray(String[]::new));
        console = text.toString();
        return exit;
    }

    private static Path model(String version) {
        return folder.resolve("models/heads").resolve(version);
    }

    private static int train(String version, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                folder.resolve("heads").toString(),
                "--out",
                model(version).toString(),
                "--work",
                folder.resolve("work" + version).toString()));
        arguments.addAll(SMALL);
        arguments.addAll(List.of(options));
        if (arguments.lastIndexOf("--data") > 1) {
            arguments.subList(1, 3).clear();
        }
        return run(arguments);
    }

    private static int reader(String version, String... options) {
        String[] own = {"--method", "reader", "--behind", model("1").toString(), "--validation-share", "0.4"};
        return train(
                version,
                Stream.concat(Arrays.stream(own), Arrays.stream(options)).toArray(String[]::new));
    }

    private static byte[] bytes(String version, String file) throws IOException {
        return Files.readAllBytes(model(version).resolve(file));
    }

    @Test
    void aReaderMakesAReleaseThatServesAndThatASiteCalibrates() throws IOException {
        assertThat(reader("2")).as(console).isZero();
        ModelRelease before = ModelRelease.load(model("1"));
        ModelRelease release = ModelRelease.load(model("2"));
        assertThat(bytes("2", ModelRelease.WEIGHTS_FILE)).isEqualTo(bytes("1", ModelRelease.WEIGHTS_FILE));
        assertThat(release.file().method()).isEqualTo("sagan");
        assertThat(release.file().network()).isEqualTo(before.file().network());
        assertThat(release.file().training()).isEqualTo(before.file().training());
        assertThat(release.file().reader().training().command()).startsWith("rigatino train ");
        assertThat(release.file().reader().training().recipe().toString()).contains(before.digest());
        assertThat(release.file().limits().get(0)).startsWith("Reads image and drawing of heads/1 ");
        assertThat(release.file().calibration().scores())
                .hasSameSizeAs(before.file().calibration().scores())
                .isNotEqualTo(before.file().calibration().scores());
        assertThat(Files.readAllLines(model("2").resolve("curves.csv")).get(0))
                .isEqualTo("iteration,reader,held-back difference,held-back reading");

        Frame frame = ImageFile.read(folder.resolve("heads/normal/p0_0.png"));
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            RestoredFrame restored = restorer.restore(List.of(frame)).get(0);
            assertThat(restored.reading()).isPresent();
            assertThat(Findings.of(restored, release).score()).isPositive();
        }

        assertThat(calibrate("--sign", "DARKER")).isEqualTo(1);
        assertThat(console).contains("--sign DARKER: the reader of heads/2 was trained to find what BOTH counts");
        assertThat(calibrate()).as(console).isZero();
        ModelRelease site = ModelRelease.load(model("2-site"));
        assertThat(site.file().reader()).isEqualTo(release.file().reader());
        assertThat(bytes("2-site", ModelRelease.READER_FILE)).isEqualTo(bytes("2", ModelRelease.READER_FILE));
    }

    private static int calibrate(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("calibrate", "--model", model("2").toString(), "--data"));
        arguments.addAll(List.of(
                folder.resolve("site").toString(), "--out", model("2-site").toString()));
        arguments.addAll(List.of("--device", "cpu"));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    @Test
    void theSameSeedMakesTheSameReader() throws IOException {
        assertThat(reader("3", "--seed", "5")).as(console).isZero();
        assertThat(reader("4", "--seed", "5")).as(console).isZero();
        assertThat(bytes("4", ModelRelease.READER_FILE)).isEqualTo(bytes("3", ModelRelease.READER_FILE));
    }

    @Test
    void whatItCannotBeBehindIsRefusedInOneLine() {
        assertThat(reader("6", "--split-seed", "2")).isEqualTo(1);
        assertThat(console).contains("the training held back the patients of --split-seed 1, not of 2");
        assertThat(reader("6", "--grid", "128")).isEqualTo(1);
        assertThat(console).contains("--grid is 128, and that of --behind heads/1 is 64: give --grid 64");
        assertThat(reader("6", "--profile", "profile.json")).isEqualTo(1);
        assertThat(console).contains("a reader has that of heads/1");
        assertThat(reader("6", "--reader-anomaly", "none")).isEqualTo(1);
        assertThat(console).contains("a reader has nothing to find");
        assertThat(reader("6", "--patch", "32")).isEqualTo(1);
        assertThat(console).contains("--patch is an option of --method sagan, not of reader");
        assertThat(train("6", "--method", "reader")).isEqualTo(1);
        assertThat(console).contains("--method reader needs --behind");
        assertThat(train("6", "--behind", model("1").toString())).isEqualTo(1);
        assertThat(console).contains("--behind is an option of --method reader, not of sagan");
        assertThat(train(
                        "6",
                        "--method",
                        "reader",
                        "--behind",
                        folder.resolve("none/1").toString()))
                .isEqualTo(1);
        assertThat(console).contains("there is no model release");
        assertThat(model("6")).doesNotExist();
    }

    @Test
    void anEnsembleIsMadeOfReleasesWithoutOne() {
        assertThat(reader("7")).as(console).isZero();
        List<String> ensemble = new ArrayList<>(
                List.of("release", "ensemble", "--out", model("8").toString()));
        ensemble.addAll(List.of(
                "--member",
                model("7").toString(),
                "--data",
                folder.resolve("heads").toString()));
        ensemble.addAll(List.of("--validation-share", "0.4", "--device", "cpu"));
        assertThat(run(ensemble)).isEqualTo(1);
        assertThat(console).contains("has a reader of its own drawings");
    }

    @Test
    void whatTheOtherHasLearntFromCalibratesNoReaderWhateverThePatientsAreCalled() throws IOException {
        Path renamed = Files.createDirectories(folder.resolve("heads-anew/normal"));
        for (int patient = 0; patient < 30; patient++) {
            for (int image = 0; image < 2; image++) {
                Files.copy(
                        folder.resolve("heads/normal/p" + patient + "_" + image + ".png"),
                        renamed.resolve("p" + (patient + 1) % 30 + "_" + image + ".png"));
            }
        }
        assertThat(reader("9", "--data", renamed.getParent().toString())).isEqualTo(1);
        assertThat(console)
                .containsPattern("--data: \\d+ of the 24 held-back normal images are among those that heads/1 learnt")
                .containsPattern("\\Rnormal/p\\d+_[01]\\.png\\R");
        assertThat(model("9")).doesNotExist();
    }
}
