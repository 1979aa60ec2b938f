package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PixelDataSamplesTest {
    /** Largest difference of any pixel to the uncompressed original, as measured; near-lossless JPEG-LS states 4. */
    private static final Map<String, Integer> LOSSY = Map.of(
            "J2KI/CT2",
            402,
            "J2KI/MR4",
            29,
            "J2KI/NM1",
            101,
            "JPLY/MR1",
            128,
            "JPLY/NM1",
            36,
            "JLSN/CT1",
            4,
            "JLSN/MR1",
            4,
            "JLSN/MR3",
            4,
            "JLSN/MR4",
            4,
            "JLSN/NM1",
            4);

    @BeforeAll
    static void decodersAreInstalled() {
        for (String tool : List.of("gdcmconv", "dcmdjpls")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), "absent: " + tool);
        }
    }

    @TestFactory
    Stream<DynamicTest> decodesToTheUncompressedOriginal() {
        return SampleDicom.under("wg04").stream()
                .filter(file -> Files.exists(original(file)) && !file.equals(original(file)))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String sample = file.getParent().getFileName() + "/"
                            + file.getFileName().toString().split("_")[0];
                    assertThat(largestDifference(frame(original(file)), frame(file)))
                            .isEqualTo(LOSSY.getOrDefault(sample, 0));
                }));
    }

    private static Path original(Path compressed) {
        return compressed
                .resolveSibling("../REF/" + compressed.getFileName().toString().split("_")[0] + "_UNC.dcm")
                .normalize();
    }

    private static int[] frame(Path file) throws DicomException {
        try (PixelData pixels = PixelData.open(file)) {
            return pixels.frame(1);
        }
    }

    private static int largestDifference(int[] expected, int[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        int largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
        }
        return largest;
    }

    @Test
    void givesPixelsOrSaysWhyNotForEverySample() {
        Map<String, String> refused = new LinkedHashMap<>();
        int decoded = 0;
        for (Path file : SampleDicom.under(".")) {
            String refusal = assertTimeoutPreemptively(Duration.ofMinutes(2), () -> decodeAll(file), file::toString);
            if (refusal == null) {
                decoded++;
            } else {
                refused.put(SampleDicom.folder().relativize(file).normalize().toString(), refusal);
            }
        }
        System.out.println(decoded + " samples decoded, " + refused.size() + " refused:");
        refused.forEach((file, why) -> System.out.println("  " + file + ": " + why));
        assertThat(decoded).isGreaterThan(200);
    }

    private static String decodeAll(Path file) {
        try (PixelData pixels = PixelData.open(file)) {
            PixelFormat format = pixels.format();
            for (int frame = 1; frame <= pixels.format().frames(); frame++) {
                assertThat(pixels.frame(frame)).hasSize(format.rows() * format.columns() * format.samplesPerPixel());
            }
            return null;
        } catch (DicomException e) {
            assertThat(e).hasMessageMatching("(?s).{20,}");
            return e.getMessage();
        }
    }
}
