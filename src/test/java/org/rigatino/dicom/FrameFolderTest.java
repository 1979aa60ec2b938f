package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.SmallDisk;

class FrameFolderTest {
    @TempDir
    Path parent;

    @Test
    void nothingStaysOfAFrame() throws Exception {
        try (FrameFolder folder = FrameFolder.create(parent)) {
            folder.write(new byte[] {1});
            Files.write(folder.decoded(), new byte[] {2});
            assertThat(folder.compressed()).hasBinaryContent(new byte[] {1});
        }
        assertThat(parent).isEmptyDirectory();
    }

    /** Those of a process that decodes beside this one are not touched. */
    @Test
    void whatAKilledProcessLeftIsDeleted() throws Exception {
        FrameFolder left = FrameFolder.create(parent);
        left.write(new byte[] {1});
        Files.setLastModifiedTime(
                left.compressed().getParent(), FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path other = Files.createDirectory(parent.resolve("other"));
        Files.setLastModifiedTime(other, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
        FrameFolder young = FrameFolder.create(parent);

        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept"), "kept");
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
        Files.createSymbolicLink(parent.resolve("rigatino-frame-link"), elsewhere);
        FrameFolder.deleteLeft(parent, parent);

        assertThat(parent)
                .isDirectoryNotContaining(path -> path.equals(left.compressed().getParent()));
        assertThat(young.compressed().getParent()).isDirectory();
        assertThat(other).isDirectory();
        assertThat(elsewhere.resolve("kept")).isRegularFile();
    }

    /** The frame may be sound: nothing is said of it. */
    @Test
    void aFullDiskIsNamedInPlaceOfTheFrame() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(parent.resolve("disk"), 1);
                FrameFolder folder = FrameFolder.create(disk.folder())) {
            folder.requireRoom(1000);
            assertThatThrownBy(() -> folder.write(new byte[2 << 20]))
                    .isInstanceOf(UnavailableFileException.class)
                    .hasMessageContaining("folder of temporary files " + disk.folder());
            assertThatThrownBy(() -> folder.requireRoom(2 << 20))
                    .isInstanceOf(UnavailableFileException.class)
                    .hasMessageContaining("a frame needs 2097152");
        }
    }
}
