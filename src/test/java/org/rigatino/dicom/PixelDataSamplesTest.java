package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.rigatino.Patience;
import org.rigatino.Slow;

@EnabledIf(value = "org.rigatino.dicom.SampleDicom#areThere", disabledReason = "absent: ../shared/data/dicom")
@Slow
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

    /** Samples with pixels that are refused, and a part of the reason. All others decode. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("edge/MR_truncated.dcm", "truncated"),
            Map.entry("edge/meta_missing_tsyntax.dcm", "(0002,0010) is absent"),
            Map.entry("edge/nested_priv_SQ.dcm", "(0028,0100) is absent"),
            Map.entry("edge/no_preamble_dicm_in_data.dcm", "cannot read"),
            Map.entry("single/GH1339.dcm", "truncated"),
            Map.entry("single/GH179B.dcm", "cannot read"),
            Map.entry("single/JPEG2000-embedded-sequence-delimiter.dcm", "bitstream is damaged"),
            Map.entry("single/emri_small_jpeg_2k_lossless_too_short.dcm", "truncated"),
            Map.entry("single/liver_nonbyte_aligned_deflate.dcm", "1.2.840.10008.1.2.8.1 is not decoded"),
            Map.entry("single/liver_nonbyte_aligned_rle.dcm", "1-bit pixels"),
            Map.entry("single/multiframe.dcm", "columns=55"),
            Map.entry("single/parametric_map_double_float.dcm", "floating point"),
            Map.entry("single/parametric_map_float.dcm", "floating point"));

    @TestFactory
    Stream<DynamicTest> givesPixelsOrSaysWhyNot() {
        Path folder = SampleDicom.folder();
        return SampleDicom.under(".").stream()
                .map(file -> folder.relativize(file).normalize().toString())
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String refusal = assertTimeoutPreemptively(Patience.STEP, () -> decodeAll(folder.resolve(name)));
                    if (REFUSED.containsKey(name)) {
                        assertThat(refusal).contains(REFUSED.get(name));
                    } else if (refusal != null) {
                        assertThat(refusal).contains("holds no Pixel Data");
                    }
                }));
    }

    private static String decodeAll(Path file) {
        try (PixelData pixels = PixelData.open(file)) {
            PixelFormat format = pixels.format();
            for (int frame = 1; frame <= pixels.format().frames(); frame++) {
                assertThat(pixels.frame(frame)).hasSize(format.rows() * format.columns() * format.samplesPerPixel());
            }
            return null;
        } catch (DicomException e) {
            return e.getMessage();
        }
    }
}
