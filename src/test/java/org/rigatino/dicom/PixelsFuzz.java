package org.rigatino.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fuzz target: a PS3.10 file, its header and its first and last frame. Only {@link DicomException} may come of it.
 * Compressed frames go to their decoder's process, which no coverage is known of: see {@code DecoderProcessTest}.
 */
final class PixelsFuzz {
    private static final Path FILE = file();

    private PixelsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Files.write(FILE, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (PixelData pixels = PixelData.open(FILE)) {
            int frames = pixels.format().frames();
            pixels.frame(1);
            pixels.frame(frames);
        } catch (DicomException refused) {
            // What cannot be decoded is refused with a reason.
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("rigatino-fuzz", ".dcm");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
