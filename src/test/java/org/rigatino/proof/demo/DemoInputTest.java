package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import picocli.CommandLine;

@Slow
class DemoInputTest {
    private static final Path VOLUME = Path.of("/usr/share/mricron/templates/ch2.nii.gz");

    @TempDir
    static Path input;

    @BeforeAll
    static void write() throws IOException {
        assumeTrue(Files.exists(VOLUME), "skipped: Debian package mricron-data is not installed");
        assumeTrue(
                Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/pydicom/data/test_files")),
                "skipped: Debian package python3-pydicom is not installed");
        DemoInput.write(input);
    }

    @Test
    void theCommandWritesTheSameAndDoesNothingElse(@TempDir Path folder) throws IOException {
        Path written = folder.resolve("studies");
        CommandLine demo = new CommandLine(new DemoCommand()).setOut(new PrintWriter(new StringWriter()));

        assertThat(demo.execute("--write", written.toString())).isZero();

        for (String study : List.of(DemoInput.HEAD, DemoInput.LESION, DemoInput.OUT_OF_SCOPE)) {
            for (Path file : files(study)) {
                assertThat(written.resolve(input.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void headsAreWholeMrSeriesThatSayTheyAreSimulated() throws IOException {
        for (String study : List.of(DemoInput.HEAD, DemoInput.LESION)) {
            List<Path> files = files(study);
            assertThat(files).hasSize(FlairLikeHead.SLICES);
            for (Path file : files) {
                Dataset header = Dataset.readHeader(file);
                assertThat(header.require(Tag.Modality)).isEqualTo("MR");
                assertThat(header.require(Tag.SeriesDescription)).contains("SIMULATED", "FLAIR-LIKE");
                assertThat(header.require(Tag.SeriesDescription).length()).isLessThanOrEqualTo(64);
            }
        }
    }

    @Test
    void lesionLiesOnThePatientsRightWhichIsTheImagesLeft() throws IOException {
        int right = 0;
        int left = 0;
        List<Path> head = files(DemoInput.HEAD);
        List<Path> lesion = files(DemoInput.LESION);
        for (int slice = 0; slice < head.size(); slice++) {
            byte[] without = Files.readAllBytes(head.get(slice));
            byte[] with = Files.readAllBytes(lesion.get(slice));
            int pixels = FlairLikeHead.MATRIX * FlairLikeHead.MATRIX;
            for (int i = 0; i < pixels; i++) {
                boolean changed = value(with, i, pixels) - value(without, i, pixels) > 200;
                right += changed && i % FlairLikeHead.MATRIX < FlairLikeHead.MATRIX / 2 ? 1 : 0;
                left += changed && i % FlairLikeHead.MATRIX >= FlairLikeHead.MATRIX / 2 ? 1 : 0;
            }
        }
        assertThat(right).as("pixels right of the midline").isGreaterThan(3000);
        assertThat(left).as("pixels left of the midline").isZero();
    }

    @Test
    void theSameStudyHasTheSameBytesAgain(@TempDir Path second) throws IOException {
        DemoInput.write(second);

        assertThat(second.resolve(DemoInput.LESION).resolve("MR010.dcm"))
                .hasSameBinaryContentAs(input.resolve(DemoInput.LESION).resolve("MR010.dcm"));
    }

    @Test
    void validatorFindsNoErrorInTheHeads() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dciodvfy")), "skipped: dicom3tools is not installed");
        for (Path file : files(DemoInput.LESION)) {
            assertThat(Dciodvfy.errors(file)).as(file.toString()).isEmpty();
        }
    }

    /** Pixel Data is last in the file. */
    private static int value(byte[] file, int pixel, int pixels) {
        int at = file.length - 2 * pixels + 2 * pixel;
        return (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8;
    }

    private static List<Path> files(String study) throws IOException {
        try (Stream<Path> files = Files.list(input.resolve(study))) {
            return files.sorted().toList();
        }
    }
}
