package org.rigatino.restore;

import java.io.IOException;
import java.nio.file.Path;

/** One directory {@code models/NAME/VERSION}: weights, {@code release.json}, model card. Immutable. */
public final class ModelRelease {
    private ModelRelease() {}

    /** @throws IOException where a file is absent, malformed, or does not match the recorded digest of the weights */
    public static ModelRelease load(Path directory) throws IOException {
        throw new UnsupportedOperationException();
    }

    public String name() {
        throw new UnsupportedOperationException();
    }

    public String version() {
        throw new UnsupportedOperationException();
    }

    /** SHA-256 in hex over weights and release file: the model's identity everywhere. */
    public String digest() {
        throw new UnsupportedOperationException();
    }
}
