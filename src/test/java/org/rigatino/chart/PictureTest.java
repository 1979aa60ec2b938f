package org.rigatino.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.w3c.dom.Element;

class PictureTest {
    private static final Color BLUE = new Color(0x0000FF);
    private static final double[] RISING = {0, 1};

    @TempDir
    Path folder;

    private static Chart chart() {
        return new Chart("title", "across", "up", 300, 200);
    }

    @Test
    void svgIsOneElementThatSaysInWordsWhatItShows() throws Exception {
        Picture picture = new Picture(
                List.of(chart().line("a <b> & \"c\"", BLUE, true, false, RISING, RISING), chart().withoutLegend()));
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(picture.svg().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo(picture.words())
                .isEqualTo("title: a <b> & \"c\". title");
        assertThat(svg.getElementsByTagName("text").getLength())
                .as("no font is needed to see it")
                .isZero();
        assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 300 " + (2 * 200 + 22));
    }

    @Test
    void linesOfOneNameAreAllDrawn() {
        Chart chart = chart().line("same", BLUE, true, false, RISING, RISING)
                .line("same", Color.RED, false, true, RISING, RISING);
        assertThat(chart.words()).isEqualTo("title: same; same");
    }

    @Test
    void aHistogramShowsSharesAndKeepsWhatLiesBeyondItsEnds() throws IOException {
        double[] values = {-5, 0.1, 0.1, 99};
        Path file = folder.resolve("histogram.png");
        Chart chart = new Chart("", "", "", 800, 400)
                .withoutLegend()
                .across(1)
                .histogram("values", BLUE, values, 0, 1)
                .upright("limit", Color.RED, 0.5);
        new Picture(List.of(chart)).writePng(file);
        List<Integer> bars = bars(ImageIO.read(file.toFile()));
        assertThat(bars).hasSize(3);
        assertThat(bars.get(1)).isGreaterThan(200).isCloseTo(2 * bars.get(0), within(4));
        assertThat(bars.get(2)).isCloseTo(bars.get(0), within(2));
    }

    /** Height of each bar, from left to right. */
    private static List<Integer> bars(BufferedImage image) {
        int[] top = IntStream.range(0, image.getWidth())
                .map(column -> IntStream.range(0, image.getHeight())
                        .filter(row -> (image.getRGB(column, row) & 0xFFFFFF) == BLUE.getRGB() - 0xFF000000)
                        .findFirst()
                        .orElse(0))
                .toArray();
        int base = IntStream.of(top).max().orElseThrow();
        List<Integer> bars = new ArrayList<>();
        for (int column = 2; column < top.length; column++) {
            boolean flat = top[column] > 0 && top[column] == top[column - 1] && top[column] < base - 5;
            if (flat && top[column] != top[column - 2]) {
                bars.add(base - top[column]);
            }
        }
        return bars;
    }

    @Test
    void aMachineWithoutFontsIsToldWhatToInstall() throws Exception {
        Path fonts = Files.writeString(
                folder.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig><dir>/nowhere</dir></fontconfig>");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Djava.awt.headless=true",
                // Java keeps what it has found of fonts in the user's folder.
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                RequireFont.class.getName());
        java.environment().put("FONTCONFIG_FILE", fonts.toString());
        Process process = java.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("Java finds no font on this machine", "fonts-dejavu-core");
    }

    /** In a process of its own. */
    static final class RequireFont {
        public static void main(String[] arguments) throws IOException {
            Picture.requireFont();
        }
    }
}
