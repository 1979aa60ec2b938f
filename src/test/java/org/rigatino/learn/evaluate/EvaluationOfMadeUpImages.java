package org.rigatino.learn.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Made-up images with a manifest, and {@code rigatino evaluate} on them. */
abstract class EvaluationOfMadeUpImages {
    static final int SIDE = 32;
    private static final int DRAWS = 20;

    @TempDir
    Path folder;

    final List<String> manifest = new ArrayList<>(List.of("file,split,label,mask,patient"));
    private final Random random = new Random(2);
    Path data;

    record Outcome(int status, String out, String error) {}

    /** Noise; abnormal images have a bright box, and are less noisy where {@code blurred}. */
    private void write(String split, int count, boolean abnormal, boolean blurred) throws IOException {
        for (int i = 0; i < count; i++) {
            String name = split + "-" + abnormal + "-" + i + ".png";
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            int noise = (blurred ? 5 : 30) + i;
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                image.getRaster().setSample(pixel % SIDE, pixel / SIDE, 0, 100 + random.nextInt(noise));
            }
            if (abnormal) {
                fillBox(image);
            }
            ImageIO.write(image, "png", data.resolve(name).toFile());
            String mask = abnormal && split.equals("dev_test") ? "mask.png" : "";
            manifest.add(String.join(
                    ",", name, split, abnormal ? "abnormal" : "normal", mask, split + abnormal + "-" + i / 2));
        }
    }

    private static void fillBox(BufferedImage image) {
        for (int i = 0; i < 64; i++) {
            image.getRaster().setSample(16 + i % 8, 10 + i / 8, 0, 250);
        }
    }

    @BeforeEach
    void writeData() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        fillBox(mask);
        ImageIO.write(mask, "png", data.resolve("mask.png").toFile());
        write("train_normal", 16, false, false);
        write("unlabeled", 6, false, false);
        write("unlabeled", 6, true, false);
        write("dev_test", 8, false, false);
        write("dev_test", 8, true, true);
        writeManifest();
    }

    void writeManifest() throws IOException {
        Files.write(data.resolve("manifest.csv"), manifest);
    }

    Outcome evaluate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--device", "cpu"));
        arguments.addAll(List.of("--out", folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        int status = new CommandLine(new EvaluateCommand(DRAWS))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(error))
                .execute(arguments.toArray(String[]::new));
        return new Outcome(status, out.toString(), error.toString());
    }

    JsonNode report() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
    }

    static JsonNode row(JsonNode report, String scorer, String scoring) {
        for (JsonNode row : report.get("rows")) {
            if (row.get("scorer").asText().equals(scorer)
                    && row.get("scoring").asText().equals(scoring)) {
                return row;
            }
        }
        throw new AssertionError("no row of " + scorer + " " + scoring + " in " + report.get("rows"));
    }
}
