package org.rigatino.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The public DICOM samples beside the checkout; tests that need them are skipped, visibly, where they are absent. */
public final class SampleDicom {
    private static final Path FOLDER = Path.of("..", "shared", "data", "dicom");

    private SampleDicom() {}

    /** Names of images of several modalities, encodings and character sets. */
    static List<String> ofManyKinds() {
        return List.of(
                "wg04/REF/CT1_UNC.dcm",
                "wg04/REF/MR1_UNC.dcm",
                "wg04/J2KI/CT2_J2KI.dcm",
                "single/gdcm-CR-MONO1-10-chest.dcm",
                "single/dx_image.dcm",
                "single/emri_small_RLE.dcm",
                "single/NM-MONO2-16-13x-heart.dcm",
                "edge/chrArab.dcm",
                "edge/chrH31.dcm",
                "edge/chrX1.dcm");
    }

    static boolean areThere() {
        return Files.isDirectory(FOLDER);
    }

    public static Path folder() {
        assumeTrue(areThere(), "absent: ../shared/data/dicom");
        return FOLDER;
    }

    public static Path file(String name) {
        return folder().resolve(name);
    }

    public static List<Path> under(String name) {
        try (Stream<Path> files = Files.walk(folder().resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".dcm"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
