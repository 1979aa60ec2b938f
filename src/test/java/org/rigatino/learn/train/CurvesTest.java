package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest {
    @TempDir
    Path folder;

    /** 1,000 iterations make intervals of two. */
    private static Curves upTo(int iterations) {
        Curves curves = new Curves(1000);
        add(curves, 1, iterations);
        return curves;
    }

    private static void add(Curves curves, int from, int to) {
        for (int i = from; i <= to; i++) {
            curves.addLosses(
                    i, i % 2 == 0 ? Map.of("critic", -1.0 * i) : Map.of("critic", -1.0 * i, "generator", 2.0 * i));
            if (i % 3 == 0) {
                curves.addValidation(i, Map.of("pool AUROC", 0.5));
            }
        }
    }

    @Test
    void lossesAreAveragedWhereTheyWereComputed() throws IOException {
        Curves curves = upTo(4);
        assertThat(curves.curve("critic")).isEqualTo(Map.of(2, -1.5, 4, -3.5));
        assertThat(curves.curve("generator")).isEqualTo(Map.of(2, 2.0, 4, 6.0));
        curves.write(folder);
        assertThat(Files.readAllLines(folder.resolve("curves.csv")))
                .anyMatch("3,,,0.5"::equals)
                .hasSize(4);
    }

    @Test
    void goOnAsIfNeverInterrupted() throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        upTo(7).save(new DataOutputStream(saved));
        Curves resumed = new Curves(1000);
        resumed.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        add(resumed, 8, 20);
        for (String name : upTo(20).names()) {
            assertThat(resumed.curve(name)).as(name).isEqualTo(upTo(20).curve(name));
        }
    }

    @Test
    void aRisingCurveIsDrawnFromLowerLeftToUpperRight() throws IOException {
        Curves curves = new Curves(100);
        for (int i = 1; i <= 100; i++) {
            curves.addLosses(i, Map.of("loss", (double) i));
        }
        curves.write(folder);
        BufferedImage picture = ImageIO.read(folder.resolve("curves.png").toFile());
        assertThat(heightOfCurve(picture, 150)).isGreaterThan(130);
        assertThat(heightOfCurve(picture, 480)).isBetween(80, 140);
        assertThat(heightOfCurve(picture, 860)).isLessThan(60);
    }

    /** Row of the bluest pixel in a column. */
    private static int heightOfCurve(BufferedImage picture, int column) {
        int best = 0;
        for (int row = 0; row < picture.getHeight(); row++) {
            if (blue(picture.getRGB(column, row)) > blue(picture.getRGB(column, best))) {
                best = row;
            }
        }
        return best;
    }

    private static int blue(int rgb) {
        return (rgb & 0xFF) - (rgb >> 16 & 0xFF);
    }

    @Test
    void aCurveOfOnePointOfOneValueOrOfNoneIsDrawnToo() throws IOException {
        Curves curves = new Curves(1000);
        curves.addLosses(1, Map.of("not yet averaged", 1.0));
        curves.addValidation(1, Map.of("single", 0.5, "huge", 1e30, "tiny", -1e-30, "zero", 0.0));
        curves.addValidation(900, Map.of("zero", 0.0));
        curves.write(folder);
        BufferedImage picture = ImageIO.read(folder.resolve("curves.png").toFile());
        assertThat(picture.getHeight()).isEqualTo(5 * 240);
    }
}
