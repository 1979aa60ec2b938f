package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Rigatino;
import org.rigatino.Slow;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.learn.evaluate.EvaluateCommand;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseMetrics;
import org.rigatino.restore.Restorer;
import picocli.CommandLine;

/** A folder of made-up images becomes a release, is measured, and restores. */
@Slow
class WholeLifeTest {
    private static final int SIDE = 64;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sagan", "proxyano", "autoencoder"})
    void aFolderOfNormalsBecomesAReleaseThatRestores(String method) throws IOException {
        Path data = writeData();
        Path out = folder.resolve("models/tiny/1");
        String[] train = {
            "train",
            "--method",
            method,
            "--data",
            data.toString(),
            "--out",
            out.toString(),
            "--work",
            folder.resolve("work").toString(),
            "--width",
            "2",
            "--iterations",
            "4",
            "--batch",
            "2",
            "--every",
            "2",
            "--device",
            "cpu",
            "--try"
        };
        String log = run(new Rigatino(), train);
        assertThat(log).contains("4/4", "wrote");
        assertThat(folder.resolve("work/checkpoint")).exists();
        assertThat(folder.resolve("work/sheet-000004.png")).exists();
        assertThat(folder.resolve("work/curves.png")).exists();
        assertThat(out.resolve("curves.png")).exists();
        assertThat(Files.readAllLines(out.resolve("curves.csv")))
                .hasSize(5)
                .first()
                .asString()
                .matches("iteration,[a-z]+,held-back difference");
        assertThat(out.resolve("sheet-000004.png")).doesNotExist();
        byte[] weights = Files.readAllBytes(out.resolve(ModelRelease.WEIGHTS_FILE));

        Path json = folder.resolve("metrics.json");
        String[] evaluate = {"--model", out.toString(), "--data", data.toString(), "--json", json.toString(), "--record"
        };
        run(new EvaluateCommand(), evaluate);
        JsonNode metrics = new ObjectMapper().readTree(json.toFile());
        for (String key : List.of("image_auroc", "image_ap", "pixel_auroc", "pixel_ap", "aupro", "dice")) {
            assertThat(metrics.at("/rows/0/" + key).asDouble(-1)).as(key).isBetween(0.0, 1.0);
        }
        assertThat(metrics.at("/rows/0/scorer").asText()).isEqualTo("tiny/1");

        ModelRelease release = ModelRelease.load(out);
        assertThat(release.name()).isEqualTo("tiny");
        assertThat(release.file().method()).isEqualTo(method);
        assertThat(release.file().limits())
                .contains(
                        "A try: its threshold is the largest score of 1 held-back normal images; 20 are needed for one"
                                + " that 95 % of normal images stay below.");
        assertThat(ReleaseMetrics.of(release).orElseThrow().metrics()).containsKey("image_auroc");
        assertThat(release.file().training().command()).startsWith("rigatino train --method " + method);
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            ImageFinding finding = Findings.of(
                    restorer.restore(List.of(ImageFile.read(data.resolve("abnormal0.png"))))
                            .get(0),
                    release);
            assertThat(finding.map()).hasSize(SIDE * SIDE);
            assertThat(finding.score()).isPositive();
        }

        String[] again = Arrays.copyOf(train, train.length + 1);
        again[train.length] = "--resume";
        CommandLine overwriting = new CommandLine(new Rigatino()).setErr(new PrintWriter(new StringWriter()));
        assertThat(overwriting.execute(again)).as("a release does not change").isEqualTo(1);
        Path other = folder.resolve("models/tiny/2");
        again[Arrays.asList(again).indexOf(out.toString())] = other.toString();
        run(new Rigatino(), again);
        assertThat(Files.readAllBytes(other.resolve(ModelRelease.WEIGHTS_FILE))).isEqualTo(weights);
    }

    @Test
    void aReleaseThatCameWhileItWasTrainedStaysAndTheCheckpointIsKept() throws IOException {
        Path out = folder.resolve("models/tiny/1");
        Path work = folder.resolve("work");
        StringWriter errors = new StringWriter();
        CommandLine train = new CommandLine(new Rigatino()).setErr(new PrintWriter(errors));
        train.setOut(new PrintWriter(new StringWriter() {
            @Override
            public void flush() {
                try {
                    Files.createDirectories(out);
                    Files.writeString(out.resolve(ModelRelease.WEIGHTS_FILE), "weights of another");
                    Files.writeString(out.resolve(ModelRelease.RELEASE_FILE), "another");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }));
        String[] arguments = {
            "train",
            "--method",
            "autoencoder",
            "--data",
            writeData().toString(),
            "--out",
            out.toString(),
            "--work",
            work.toString(),
            "--iterations",
            "2",
            "--batch",
            "2",
            "--every",
            "2",
            "--device",
            "cpu",
            "--try"
        };
        assertThat(train.execute(arguments)).isEqualTo(1);
        assertThat(errors.toString().strip())
                .hasLineCount(1)
                .contains(out + " is a release already", "checkpoint of iteration 2 is kept in " + work, "--resume");
        assertThat(out.getParent()).isDirectoryNotContaining("glob:**/.*");
        assertThat(out).isDirectoryNotContaining("glob:**/SHA256SUMS");
        assertThat(out.resolve(ModelRelease.WEIGHTS_FILE)).hasContent("weights of another");
        assertThat(out.resolve(ModelRelease.RELEASE_FILE)).hasContent("another");
    }

    private static String run(Object command, String... arguments) {
        StringWriter console = new StringWriter();
        CommandLine line =
                new CommandLine(command).setOut(new PrintWriter(console)).setErr(new PrintWriter(console));
        assertThat(line.execute(arguments)).as(console.toString()).isZero();
        return console.toString();
    }

    private Path writeData() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        List<String> manifest = new ArrayList<>(List.of("file,split,label,mask,patient"));
        Random random = new Random(4);
        for (int i = 0; i < 6; i++) {
            write(data.resolve("train" + i + ".png"), random, false);
            manifest.add("train" + i + ".png,train_normal,normal,,t" + i);
        }
        for (int i = 0; i < 3; i++) {
            write(data.resolve("normal" + i + ".png"), random, false);
            manifest.add("normal" + i + ".png,dev_test,normal,,n" + i);
            write(data.resolve("abnormal" + i + ".png"), random, true);
            manifest.add("abnormal" + i + ".png,dev_test,abnormal,mask.png,a" + i);
        }
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        fillBox(mask, 255);
        ImageIO.write(mask, "png", data.resolve("mask.png").toFile());
        Files.write(data.resolve("manifest.csv"), manifest);
        return data;
    }

    private static void write(Path file, Random random, boolean abnormal) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            boolean head = Math.hypot(i / SIDE - 32, i % SIDE - 32) < 26;
            image.getRaster().setSample(i % SIDE, i / SIDE, 0, head ? 90 + random.nextInt(10) : 0);
        }
        if (abnormal) {
            fillBox(image, 240);
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static void fillBox(BufferedImage image, int value) {
        for (int i = 0; i < 100; i++) {
            image.getRaster().setSample(36 + i % 10, 24 + i / 10, 0, value);
        }
    }
}
