package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Tool;
import org.rigatino.persistence.AdvisoryLock;

/** From the last instance to {@code StudyReady}, with the real database, broker and DCMTK. */
@QuarkusTest
@WithTestResource(RunningParts.class)
class StudyAssemblerIT {
    @Inject
    IngestProbe ingest;

    @Inject
    StudyPublisher publisher;

    @TempDir
    Path folder;

    @Test
    void aStudyBecomesReadyOnceAndIsPublishedUnderItsUid() throws Exception {
        Tool.assumeInstalled("storescu");
        List<InstanceFile> files = List.of(
                InstanceFile.write(folder, "whole", "1", "a"),
                InstanceFile.write(folder, "whole", "2", "a"),
                InstanceFile.write(folder, "whole", "3", "a"));
        Tool.runSuccessfully("storescu", "-aec", "RIGATINO", "+sd", "127.0.0.1", "" + ingest.port(), folder.toString());
        String study = files.get(0).studyUid();
        ingest.awaitState(study, 1, "READY");
        await().until(() ->
                ingest.count("study where study_instance_uid = ? and published_at is not null", study) == 1);
        assertThat(ingest.count("instance i join study s on s.id = i.study_id where s.study_instance_uid = ?", study))
                .isEqualTo(3);
        assertThat(ingest.published(study)).hasSize(1).first().asString().contains(study, "\"revision\":1");
        assertThat(ingest.count("audit_event where kind = 'STUDY_READY' and study_instance_uid = ?", study))
                .isEqualTo(1);
    }

    @Test
    void aLateInstanceOpensTheNextRevision() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "late", "1", "a");
        ingest.send("ANY", first);
        ingest.awaitState(first.studyUid(), 1, "READY");
        ingest.send("ANY", InstanceFile.write(folder, "late", "2", "a"));
        ingest.awaitState(first.studyUid(), 2, "READY");
        await().until(() -> ingest.published(first.studyUid()).size() == 2);
    }

    @Test
    void aStudyOfOwnOutputsAloneEndsRefusedAndIsNeverPublished() throws Exception {
        InstanceFile own = InstanceFile.write(folder, "ownonly", "overlay", "a", "Rigatino");
        ingest.send("ANY", own);
        ingest.awaitState(own.studyUid(), 1, "REFUSED");
        InstanceFile real = InstanceFile.write(folder, "ownonly", "1", "a");
        ingest.send("ANY", real);
        ingest.awaitState(own.studyUid(), 2, "READY");
        await().until(() -> ingest.published(own.studyUid()).size() == 1);
        assertThat(ingest.published(own.studyUid()).get(0)).contains("\"revision\":2");
    }

    @Test
    void aQuietPeriodOfItsOwnHoldsForASender() throws Exception {
        InstanceFile slow = InstanceFile.write(folder, "slow", "1", "a");
        InstanceFile fast = InstanceFile.write(folder, "fast", "1", "a");
        ingest.send("SLOW", slow);
        ingest.send("ANY", fast);
        ingest.awaitState(fast.studyUid(), 1, "READY");
        assertThat(ingest.state(slow.studyUid(), 1)).isEqualTo("RECEIVING");
        ingest.awaitState(slow.studyUid(), 1, "READY");
        assertThat(ingest.count(
                        "study where study_instance_uid = ? and ready_at - last_received_at >= interval '6 s'",
                        slow.studyUid()))
                .isEqualTo(1);
    }

    @Test
    void whatWasReadyBeforeACrashIsPublishedAfterIt() throws Exception {
        ingest.execute(
                "insert into study (study_instance_uid, revision, state, first_received_at, last_received_at, ready_at)"
                        + " values ('1.2.826.0.1.99', 1, 'READY', now(), now(), now())");
        await().until(() -> ingest.published("1.2.826.0.1.99").size() == 1);
        await().until(() ->
                ingest.count("study where study_instance_uid = ? and published_at is not null", "1.2.826.0.1.99") == 1);
    }

    /** As it is when the topic is emptied, or the broker comes back without its disk. */
    @Test
    void aStudyWhoseEventWasLostIsPublishedAgain() throws Exception {
        ingest.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at,"
                + " ready_at, published_at) values ('1.2.826.0.1.100', 1, 'READY', now(), now(), now(),"
                + " now() - interval '1 hour')");
        await().until(() -> ingest.published("1.2.826.0.1.100").size() == 1);
        await().until(() -> ingest.count(
                        "study where study_instance_uid = ? and published_at > now() - interval '1 minute'",
                        "1.2.826.0.1.100")
                == 1);
    }

    /** A day of five-second sweeps, in times to come, so that the sweep of the process under test leaves it alone. */
    @Test
    void aBacklogWithoutWorkersIsPublishedAgainAfterWaitsThatDouble() throws Exception {
        String uid = "1.2.826.0.1.103";
        Instant ready = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        ingest.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at,"
                + " ready_at, published_at) values ('" + uid + "', 1, 'READY', now(), now(), '" + ready + "', '" + ready
                + "')");
        List<Long> minutes = new ArrayList<>();
        for (Instant now = ready; now.isBefore(ready.plus(Duration.ofDays(1))); now = now.plusSeconds(120)) {
            boolean again = publisher.stranded(now).stream().anyMatch(study -> study.studyInstanceUid.equals(uid));
            if (again) {
                minutes.add(Duration.between(ready, now).toMinutes());
                ingest.execute(
                        "update study set published_at = '" + now + "' where study_instance_uid = '" + uid + "'");
            }
        }
        ingest.execute("delete from study where study_instance_uid = '" + uid + "'");
        assertThat(minutes).containsExactly(6L, 12L, 24L, 48L, 96L, 192L, 384L, 768L);
    }

    @Test
    void aStudyWhoseWorkerIsGoneIsPublishedAgainAndOneAtWorkIsNot() throws Exception {
        ingest.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at,"
                + " ready_at, published_at, restoring_at) select uid, 1, 'RESTORING', now(), now(), now(),"
                + " now() - interval '1 hour', now() - interval '1 hour'"
                + " from (values ('1.2.826.0.1.101'), ('1.2.826.0.1.102')) as study (uid)");
        String owned = AdvisoryLock.ofRevision("1.2.826.0.1.101", 1);
        try (AdvisoryLock owner =
                AdvisoryLock.tryAcquire(ingest.database, owned).orElseThrow()) {
            await().until(() -> ingest.published("1.2.826.0.1.102").size() == 1);
            assertThat(ingest.published("1.2.826.0.1.101")).isEmpty();
        }
        await().until(() -> ingest.published("1.2.826.0.1.101").size() == 1);
    }

    /** Both ended between the worker's beginning and the broker's acknowledgement coming to the record. */
    @Test
    void aStudyWhoseWorkerIsGoneIsPublishedThoughItsPublicationIsNotOnRecord() throws Exception {
        ingest.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at,"
                + " ready_at, restoring_at) values ('1.2.826.0.1.104', 1, 'RESTORING', now(), now(), now(),"
                + " now() - interval '1 hour')");
        await().until(() -> ingest.published("1.2.826.0.1.104").size() == 1);
        await().until(() ->
                ingest.count("study where study_instance_uid = ? and published_at is not null", "1.2.826.0.1.104")
                        == 1);
    }

    /** As after the clock was an hour ahead when the last instance came. */
    @Test
    void aClockThatWasSetBackHoldsNoStudyUp() throws Exception {
        ingest.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " values ('1.2.826.0.1.98', 1, 'RECEIVING', now(), now() + interval '1 h')");
        ingest.awaitState("1.2.826.0.1.98", 1, "REFUSED");
        assertThat(ingest.count("study where study_instance_uid = ? and last_received_at <= now()", "1.2.826.0.1.98"))
                .isEqualTo(1);
    }
}
