package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.finding.Findings;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.Scoring;
import picocli.CommandLine;

class CalibrateCommandTest {
    @TempDir
    Path folder;

    private String console;
    private String site = "site";

    private int calibrate(Path model, Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--model", model.toString(), "--out", out.toString()));
        arguments.addAll(List.of("--data", folder.resolve(site).toString(), "--device", "cpu"));
        arguments.addAll(List.of(more));
        StringWriter text = new StringWriter();
        int exit = new CommandLine(new CalibrateCommand())
                .setOut(new PrintWriter(text))
                .setErr(new PrintWriter(text))
                .execute(arguments.toArray(String[]::new));
        console = text.toString();
        return exit;
    }

    private void writeSite(int images) throws IOException {
        Path normal = Files.createDirectories(folder.resolve(site + "/normal"));
        Random random = new Random(5);
        for (int n = 0; n < images; n++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            int bright = 100 + random.nextInt(100);
            for (int i = 0; i < 1600; i++) {
                boolean head = Math.hypot(i / 40 - 20, i % 40 - 20) < 15;
                image.getRaster().setSample(i % 40, i / 40, 0, head ? bright + random.nextInt(40) : 0);
            }
            ImageIO.write(
                    image, "png", normal.resolve("p" + n % 7 + "_" + n + ".png").toFile());
        }
    }

    @Test
    void scoresOfTheSiteAreWhatTheServedReleaseSays() throws IOException {
        writeSite(25);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("models/tiny/1-site");

        assertThat(calibrate(before.directory(), out)).as(console).isZero();

        ModelRelease after = ModelRelease.load(out);
        assertThat(after.version()).isEqualTo("1-site");
        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(Files.readAllBytes(out.resolve(ModelRelease.WEIGHTS_FILE)))
                .isEqualTo(Files.readAllBytes(before.directory().resolve(ModelRelease.WEIGHTS_FILE)));
        assertThat(after.file().training().recipe().get("calibration").toString())
                .contains("25 normal images of 7 patients of site", before.digest());
        List<Double> served = new ArrayList<>();
        try (Restorer restorer = Restorer.open(after, "cpu", 1);
                var files = Files.list(folder.resolve("site/normal"))) {
            for (Path file : files.toList()) {
                var restored = restorer.restore(List.of(ImageFile.read(file))).get(0);
                served.add(Findings.of(restored, after).score());
            }
        }
        Collections.sort(served);
        for (int i = 0; i < 25; i++) {
            assertThat(after.file().calibration().scores().get(i)).isCloseTo(served.get(i), within(1e-4));
        }
        // 0.95 * 25 = 23.75: one image of 25 is flagged
        assertThat(served.stream()
                        .filter(score -> score >= after.file().calibration().threshold() - 1e-4))
                .hasSize(1);
        assertThat(console).contains("25 normal images of 7 patients", "out of");
        assertThat(calibrate(before.directory(), out)).isEqualTo(1);
        assertThat(console).contains("is a release already");
    }

    @Test
    void scoringCanBeOverridden() throws IOException {
        writeSite(20);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("other/tiny/2");
        assertThat(calibrate(before.directory(), out, "--sign", "DARKER", "--smoothing", "2.5", "--top-share", "0.1"))
                .as(console)
                .isZero();
        Scoring scoring = ModelRelease.load(out).file().scoring();
        assertThat(scoring.sign()).isEqualTo(Scoring.Sign.DARKER);
        assertThat(scoring.smoothing()).isEqualTo(2.5);
        assertThat(scoring.topShare()).isEqualTo(0.1);
        assertThat(scoring.bilateral()).isEqualTo(before.file().scoring().bilateral());
    }

    /** The release says that it learnt from "none". */
    @Test
    void whatTheReleaseLearntFromIsRefusedUnlessHeldBack() throws IOException {
        site = "none";
        writeSite(25);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("out/tiny/1-site");

        assertThat(calibrate(before.directory(), out)).isEqualTo(1);
        assertThat(console).contains("learnt from none", "add --held-back").doesNotContain("Exception");
        assertThat(out).doesNotExist();
    }

    @Test
    void tooFewNormalsAreRefusedWithTheNumberNeeded() throws IOException {
        writeSite(19);
        ModelRelease before = Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        Path out = folder.resolve("models/tiny/1-site");
        assertThat(calibrate(before.directory(), out)).isEqualTo(1);
        assertThat(console).contains("19 normal images and 20 are needed", "95 %");
        assertThat(out).doesNotExist();
    }
}
