package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelData;
import org.rigatino.dicom.Tag;
import org.rigatino.proof.demo.DemoInput;
import picocli.CommandLine;

/**
 * Captures of the demo's head by the release that is shipped, as {@code restore --also} makes them. Leaves
 * {@code triptych-SLICE.png} and {@code frame-SLICE.png} in {@code target/pictures}.
 */
class DemoCapturesTest {
    private static final Path PICTURES = Path.of("target/pictures");
    /** Through the lesion. */
    private static final int[] SLICES = {10, 11, 12};
    /** Rows and columns of a slice; where panes of such begin. */
    private static final int SIDE = 256;

    private static final int TOP = 26;
    private static final int[] LEFT = {0, 260, 520};

    @TempDir
    Path folder;

    @Test
    void theSimulatedLesionIsInEachPaneOnThePatientsRightSide() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/usr/share/mricron/templates/ch2.nii.gz")), "absent: mricron-data");
        DemoInput.write(folder.resolve("demo"));
        restore();
        Files.createDirectories(PICTURES);
        List<Path> series = named("multi-frame-secondary-capture-");
        assertThat(series).hasSize(1);
        List<Path> triptychs = named("triptych-");
        assertThat(triptychs).hasSize(SLICES.length);
        for (Path file : triptychs) {
            int slice = Dataset.readHeader(file).integer(Tag.InstanceNumber, 0);
            BufferedImage triptych = picture(file, 1);
            BufferedImage frame = picture(series.get(0), slice - SLICES[0] + 1);
            ImageIO.write(
                    triptych,
                    "png",
                    PICTURES.resolve("triptych-" + slice + ".png").toFile());
            ImageIO.write(
                    frame, "png", PICTURES.resolve("frame-" + slice + ".png").toFile());
            assertThat(coloured(triptych, LEFT[0])).as("of the source").isZero();
            assertThat(coloured(triptych, LEFT[1])).as("of the restored image").isZero();
            assertThat(coloured(triptych, LEFT[2]))
                    .as("right half of the patient")
                    .isGreaterThan(1000);
            assertThat(coloured(triptych, LEFT[2] + SIDE / 2))
                    .as("left half of the patient")
                    .isZero();
            assertThat(sameAsFrame(triptych, frame)).isTrue();
        }
    }

    /** Pixels with colour in half a pane's columns. */
    private static int coloured(BufferedImage triptych, int left) {
        int coloured = 0;
        for (int pixel = 0; pixel < SIDE * SIDE / 2; pixel++) {
            int rgb = triptych.getRGB(left + pixel % (SIDE / 2), TOP + pixel / (SIDE / 2));
            coloured += (rgb >> 16 & 0xFF) == (rgb & 0xFF) ? 0 : 1;
        }
        return coloured;
    }

    /** Below the markers of the upper edge and above those at the sides, whose letters are smaller in an overlay. */
    private static boolean sameAsFrame(BufferedImage triptych, BufferedImage frame) {
        for (int pixel = 0; pixel < SIDE * 80; pixel++) {
            int row = 20 + pixel / SIDE;
            int column = pixel % SIDE;
            if (triptych.getRGB(LEFT[2] + column, TOP + row) != frame.getRGB(column, row)) {
                return false;
            }
        }
        return true;
    }

    private void restore() {
        List<String> arguments =
                new ArrayList<>(List.of("--also", "triptych,multi-frame-secondary-capture", "--out", folder + "/out"));
        for (int slice : SLICES) {
            arguments.add(folder.resolve("demo").resolve(DemoInput.LESION) + String.format("/MR%03d.dcm", slice));
        }
        StringWriter console = new StringWriter();
        int exit = new CommandLine(new RestoreCommand())
                .setOut(new PrintWriter(console))
                .setErr(new PrintWriter(console, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(exit).as(console.toString()).isZero();
    }

    private List<Path> named(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .sorted()
                    .toList();
        }
    }

    private static BufferedImage picture(Path file, int number) throws IOException {
        try (PixelData pixels = PixelData.open(file)) {
            int[] samples = pixels.frame(number);
            int columns = pixels.format().columns();
            BufferedImage picture = new BufferedImage(columns, pixels.format().rows(), BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < samples.length / 3; i++) {
                picture.setRGB(
                        i % columns, i / columns, samples[3 * i] << 16 | samples[3 * i + 1] << 8 | samples[3 * i + 2]);
            }
            return picture;
        }
    }
}
