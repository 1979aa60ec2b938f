package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.rigatino.TestJvm;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.image.InstanceFrames;

/** Language, time zone and default character set of the machine change no byte of an overlay. */
class LocaleTest {
    private static final Path EDGE = Path.of("../shared/data/dicom/edge");

    /** Overlays of every edge file that has frames: a line each, of its name and digest. */
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            byte[] overlay =
                    SecondaryCaptureSamplesTest.encode(Path.of(file), 1).bytes();
            System.out.println(Path.of(file).getFileName() + " " + DigestUtils.sha256Hex(overlay));
        }
    }

    @Test
    void anotherLanguageTimeZoneAndCharacterSetGiveTheSameBytes() throws Exception {
        assumeTrue(Files.isDirectory(EDGE), "absent: " + EDGE);
        List<String> files = withFrames();
        List<String> here = run(files, "en", "UTC", "UTF-8");
        List<String> there = run(files, "tr", "Asia/Kathmandu", "ISO-8859-1");
        assertThat(here).hasSizeGreaterThan(5).hasSameSizeAs(files);
        assertThat(there).isEqualTo(here);
    }

    @Test
    void namesBeyondAsciiReachTheOverlayWithTheirBytes() throws Exception {
        assumeTrue(Files.isDirectory(EDGE), "absent: " + EDGE);
        int beyondAscii = 0;
        for (String file : withFrames()) {
            byte[] source = Files.readAllBytes(Path.of(file));
            byte[] overlay =
                    SecondaryCaptureSamplesTest.encode(Path.of(file), 1).bytes();
            byte[] name = nameBytes(source);
            assertThat(nameBytes(overlay)).as(file).isEqualTo(name);
            beyondAscii +=
                    new String(name, StandardCharsets.ISO_8859_1).chars().anyMatch(c -> c > 0x7e || c == 0x1b) ? 1 : 0;
        }
        assertThat(beyondAscii).isGreaterThanOrEqualTo(5);
    }

    /** The value of the first Patient's Name (0010,0010) in Explicit VR Little Endian. */
    private static byte[] nameBytes(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\u0010\0\u0010\0PN");
        if (at < 0) {
            return new byte[0];
        }
        int length = (file[at + 6] & 0xff) | (file[at + 7] & 0xff) << 8;
        return text.substring(at + 8, at + 8 + length).strip().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> withFrames() throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(EDGE)) {
            for (Path file : all.sorted().toList()) {
                if (hasFrames(file)) {
                    files.add(file.toString());
                }
            }
        }
        return files;
    }

    private static boolean hasFrames(Path file) {
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            Dataset header = frames.header();
            SecondaryCaptureSamplesTest.encode(file, 1);
            return frames.count() > 0
                    && header.string(Tag.TransferSyntaxUID)
                            .filter("1.2.840.10008.1.2.1"::equals)
                            .isPresent();
        } catch (DicomException e) {
            return false;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static List<String> run(List<String> files, String language, String zone, String charset) throws Exception {
        Path out = Files.createTempFile("overlays", ".txt");
        List<String> command = TestJvm.of(
                LocaleTest.class,
                "-Duser.language=" + language,
                "-Duser.timezone=" + zone,
                "-Dfile.encoding=" + charset);
        command.addAll(files);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(out);
    }
}
