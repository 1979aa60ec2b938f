package org.rigatino.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** TorchScript files of networks in one expression, for tests. */
public final class Scripts {
    private Scripts() {}

    /** @param expression of {@code x: Tensor} */
    public static Path write(Path file, String expression) {
        String method = "  def forward(self: " + ScriptArchive.TYPE + ", x: Tensor) -> Tensor:\n    return ";
        try {
            return Files.write(file, ScriptArchive.of(method + expression + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
