package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Fuzz target: the body of a STOW-RS request or a WADO-RS answer. Only {@link IOException} may come of it. */
final class MultipartFuzz {
    private static final int MAX_PARTS = 100;

    private MultipartFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            MultipartRelated.of(
                            "multipart/related; type=\"application/dicom\"; boundary=b",
                            new ByteArrayInputStream(input),
                            MAX_PARTS)
                    .forEach(part -> part.transferTo(OutputStream.nullOutputStream()));
        } catch (IOException refused) {
            // A malformed body is refused with a reason.
        }
    }
}
