package org.rigatino.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What {@code rigatino evaluate} says of input that it cannot use, or use in part. */
class EvaluateInputTest extends EvaluationOfMadeUpImages {
    @Test
    void baselinesThatCannotBeLearntAreSaidToBeAbsent() throws IOException {
        manifest.removeIf(line -> line.contains(",train_normal,"));
        writeManifest();
        Outcome outcome = evaluate();
        assertThat(outcome.status()).as(outcome.error()).isZero();
        assertThat(outcome.out())
                .contains("pca is absent", "pool-logistic is absent")
                .contains("mean intensity");
        assertThat(report().get("absent")).hasSize(2);
    }

    @Test
    void wrongInputEndsInOneLineThatSaysWhat() throws IOException {
        oneLine(evaluate("--split", "test"), "split test", "dev_test, train_normal, unlabeled");
        oneLine(evaluate("--model", folder.resolve("none").toString()), "none", "SHA256SUMS");
        oneLine(evaluate("--profile", folder.resolve("none.json").toString()), "there is no profile", "none.json");
        BufferedImage small = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(small, "png", data.resolve("mask.png").toFile());
        oneLine(evaluate(), "mask.png is 8x8", "32x32");
        Files.delete(data.resolve("mask.png"));
        oneLine(evaluate(), "lacks 8 of the files", "mask.png");
        data = folder.resolve("nowhere");
        oneLine(evaluate(), "nowhere", "manifest.csv");
    }

    private static void oneLine(Outcome outcome, String... parts) {
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.error().strip())
                .startsWith("rigatino evaluate: ")
                .doesNotContain("\n")
                .contains(parts);
    }
}
