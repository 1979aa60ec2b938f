package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewReleaseTest {
    @TempDir
    Path folder;

    /** It would be found after hours, by the move. */
    @Test
    void aLinkIsRefusedAtTheStart() throws IOException {
        Path name = Files.createDirectories(folder.resolve("models/tiny"));
        Path link = Files.createSymbolicLink(name.resolve("1"), Files.createDirectory(folder.resolve("empty")));
        assertThatThrownBy(() -> new NewRelease(link))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a symbolic link");
        Path broken = Files.createSymbolicLink(name.resolve("2"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> new NewRelease(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a symbolic link");
    }
}
