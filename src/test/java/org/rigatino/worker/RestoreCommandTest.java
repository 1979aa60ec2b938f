package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.restore.Releases;
import picocli.CommandLine;

class RestoreCommandTest {
    private static final String MODELS = "rigatino.restore.models";
    private static final int SIDE = 48;

    @TempDir
    Path folder;

    @BeforeEach
    void useTinyModel() throws IOException {
        Releases.write(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        System.setProperty(MODELS, folder.resolve("models").toString());
    }

    @AfterEach
    void forgetModel() {
        System.clearProperty(MODELS);
    }

    @Test
    void everyFileGetsItsLineAndEveryRestoredOneItsOverlay() throws IOException {
        Path head = write("head.dcm", flair(true));
        Path blank = write("blank.dcm", flair(false));
        Path spine = write("spine.dcm", flair(true).put(Tag.BodyPartExamined, "SPINE"));
        Path text = Files.writeString(folder.resolve("notes.txt"), "no DICOM at all");
        Path out = folder.resolve("out");

        List<String> lines = run(0, head, blank, spine, text, folder.resolve("absent.dcm"), out);

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).matches(".*head.dcm: image 1 score \\d+\\.\\d{3} percentile \\d+\\.\\d");
        assertThat(lines.get(1)).endsWith("blank.dcm: refused: foreground");
        assertThat(lines.get(2)).endsWith("spine.dcm: refused: body-part");
        assertThat(lines.get(3)).contains("notes.txt: refused: unreadable");
        assertThat(lines.get(4)).contains("absent.dcm: refused: unreadable");
        try (Stream<Path> written = Files.list(out)) {
            assertThat(written.map(file -> file.getFileName().toString().replaceAll(".*\\.", "")))
                    .containsExactlyInAnyOrder("dcm", "png");
        }
    }

    @Test
    void objectsOfAWholeSeriesAreWrittenWhereAskedFor() throws IOException {
        Path head = write("head.dcm", flair(true));
        StringWriter console = new StringWriter();
        String[] arguments = {
            "--also",
            "segmentation,measurement-report",
            head.toString(),
            "--out",
            folder.resolve("out").toString()
        };
        int exit = new CommandLine(new RestoreCommand())
                .setOut(new PrintWriter(console))
                .execute(arguments);
        assertThat(exit).as(console.toString()).isZero();
        try (Stream<Path> written = Files.list(folder.resolve("out"))) {
            assertThat(written.map(file -> file.getFileName().toString().replaceAll("-\\d+\\.dcm$", "")))
                    .contains("segmentation", "measurement-report")
                    .hasSize(4);
        }
        arguments[1] = "hologram";
        StringWriter error = new StringWriter();
        exit = new CommandLine(new RestoreCommand())
                .setErr(new PrintWriter(error))
                .execute(arguments);
        assertThat(exit).isEqualTo(2);
        assertThat(error.toString())
                .contains("'hologram' is none of segmentation, probability-map", "triptych", "multi-frame-triptych");
    }

    @Test
    void theSameFileGivesTheSameBytes() throws IOException {
        Path head = write("head.dcm", flair(true));
        run(0, head, folder.resolve("first"));
        run(0, head, folder.resolve("second"));
        try (Stream<Path> written = Files.list(folder.resolve("first"))) {
            for (Path file : written.toList()) {
                assertThat(folder.resolve("second").resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void aBrokenModelEndsTheCommand() throws IOException {
        Files.delete(folder.resolve("models/tiny/1/model.params"));
        assertThat(run(1, write("head.dcm", flair(true)), folder.resolve("out")).get(0))
                .contains("rigatino restore:", "model.params");
    }

    private static List<String> run(int exit, Path... filesThenOut) {
        StringWriter console = new StringWriter();
        CommandLine command = new CommandLine(new RestoreCommand())
                .setOut(new PrintWriter(console))
                .setErr(new PrintWriter(console, true));
        List<String> arguments = new java.util.ArrayList<>(
                Stream.of(filesThenOut).map(Path::toString).toList());
        arguments.add(arguments.size() - 1, "--out");
        assertThat(command.execute(arguments.toArray(String[]::new)))
                .as(console.toString())
                .isEqualTo(exit);
        return console.toString().lines().toList();
    }

    private Path write(String name, Dataset instance) throws IOException {
        return Files.write(folder.resolve(name), instance.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    private static Dataset flair(boolean withHead) {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            double radius = Math.hypot((i / SIDE - 24) / 18.0, (i % SIDE - 24) / 14.0);
            pixels[i] = (short) (withHead && radius < 1 ? 500 + i % 97 : 0);
        }
        return PixelFiles.flair("2.25.1" + (withHead ? 1 : 2), SIDE, pixels);
    }
}
