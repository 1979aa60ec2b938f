package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputStoreTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatIsMissingOrChangedIsNotSent() throws IOException {
        byte[] object = "an encoded object".getBytes(StandardCharsets.US_ASCII);
        OutputStore store = new OutputStore(folder);
        OutputStore.Stored stored = store.store("2.25.1", object);
        Path file = store.file(stored.location());
        assertThat(OutputStore.isIntact(file, stored.sha256())).isTrue();

        object[3]++;
        Files.write(file, object);
        assertThat(OutputStore.isIntact(file, stored.sha256())).isFalse();
        Files.delete(file);
        assertThat(OutputStore.isIntact(file, stored.sha256())).isFalse();
    }

    @Test
    void noOtherAccountOfTheMachineLooksIntoAStoreThatIsMade() throws IOException {
        Path made = folder.resolve("data/outputs");
        new OutputStore(made).store("2.25.1", new byte[1]);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    /** A study that is replayed encodes the same bytes again. */
    @Test
    void aDamagedFileIsPutRightByStoringItAgain() throws IOException {
        byte[] object = "object".repeat(1000).getBytes(StandardCharsets.UTF_8);
        OutputStore store = new OutputStore(folder);
        Path file = store.file(store.store("2.25.1", object).location());
        for (byte[] damaged : new byte[][] {{}, "other".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(object, 999)}) {
            Files.write(file, damaged);
            store.store("2.25.1", object);
            assertThat(file).hasBinaryContent(object);
        }
        FileTime written = Files.getLastModifiedTime(file);
        store.store("2.25.1", object);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    }
}
