package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.StageException;
import org.rigatino.study.ClaimedStudy;
import org.rigatino.study.ClaimedStudy.ReceivedInstance;

/** A file that is known not to be there is told from one that cannot be read. */
class KeptFilesTest {
    @TempDir
    Path store;

    private ClaimedStudy study;

    @BeforeEach
    void two() throws Exception {
        Files.writeString(store.resolve("1.dcm"), "one");
        Files.writeString(store.resolve("2.dcm"), "two");
        study = new ClaimedStudy(
                1,
                "2.25.1",
                2,
                0,
                OffsetDateTime.now(),
                List.of(
                        new ReceivedInstance(1, "2.25.71", "1.dcm", "a", "SENDER"),
                        new ReceivedInstance(2, "2.25.72", "2.dcm", "b", "SENDER")),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                null,
                true);
    }

    @Test
    void whereAllAreThereTheStudyIsJudged() {
        assertThatCode(() -> KeptFiles.require(study, store)).doesNotThrowAnyException();
    }

    @Test
    void whatIsGoneIsCountedAndNamed() throws Exception {
        Files.delete(store.resolve("2.dcm"));
        assertThatThrownBy(() -> KeptFiles.require(study, store))
                .isInstanceOfSatisfying(
                        StageException.class, gone -> assertThat(gone.stage()).isEqualTo(StudyStage.FILES))
                .hasMessageStartingWith("files are no longer kept: 1 of 2")
                .hasMessageContaining("instance 2.25.72");
    }

    /** A store that is not mounted, or a folder in the place of a file, is another trouble, which reading tells. */
    @Test
    void whatCannotBeReadIsNotTakenForGone() throws Exception {
        Files.delete(store.resolve("2.dcm"));
        Files.createDirectory(store.resolve("2.dcm"));
        assertThatCode(() -> KeptFiles.require(study, store)).doesNotThrowAnyException();
        assertThatCode(() -> KeptFiles.require(study, store.resolve("not-mounted")))
                .doesNotThrowAnyException();
    }
}
