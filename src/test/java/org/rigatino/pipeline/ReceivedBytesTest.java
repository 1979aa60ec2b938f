package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.DicomException;

class ReceivedBytesTest {
    /** SHA-256 of "abc" (FIPS 180-2, B.1). */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    private void require(String content) throws IOException, StageException {
        Path file = Files.writeString(folder.resolve("1.dcm"), content, StandardCharsets.US_ASCII);
        ReceivedBytes.require(
                new SourceFile(1, "2.25.1", file, Optional.of(ABC), Optional.empty()), StageTimes.unwatched());
    }

    @Test
    void theBytesReceivedAreBelieved() {
        assertThatCode(() -> require("abc")).doesNotThrowAnyException();
    }

    @Test
    void othersFailTheStudyWithBothDigests() {
        for (String other : new String[] {"abd", "ab", "abc ", ""}) {
            assertThatThrownBy(() -> require(other))
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining("instance 2.25.1 has sha256")
                    .hasMessageContaining("received was " + ABC);
        }
    }

    @Test
    void aFileThatIsNotThereFailsItsInstance() {
        SourceFile absent =
                new SourceFile(1, "2.25.1", folder.resolve("absent.dcm"), Optional.of(ABC), Optional.empty());

        assertThatThrownBy(() -> ReceivedBytes.require(absent, StageTimes.unwatched()))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("absent.dcm below rigatino.ingest.store");
    }
}
