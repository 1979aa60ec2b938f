package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.persistence.Study;

/** What is to be published again, on a real PostgreSQL; with a broker: StudyAssemblerIT. */
class StudyPublisherTest {
    /** Nobody has it there, and whoever takes it on since is left five minutes. */
    @Test
    void whatWasAtAWorkerWhenTheRecordWasBackedUpIsPublishedAtOnceWhereItComesBack(@TempDir Path folder)
            throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.with(
                    Settings.of(IngestConfiguration.class),
                    Proxy.newProxyInstance(
                            MutinyEmitter.class.getClassLoader(),
                            new Class<?>[] {MutinyEmitter.class},
                            (proxy, method, values) -> {
                                throw new AssertionError("nothing is sent");
                            }));
            StudyPublisher publisher = database.bean(StudyPublisher.class);
            database.execute(
                    "insert into study (study_instance_uid, revision, state, first_received_at, last_received_at,"
                            + " ready_at, restoring_at) values ('2.25.1', 1, 'RESTORING', now(), now(), now(),"
                            + " now() - interval '1 minute')");
            assertThat(publisher.stranded(Instant.now())).as("by a worker").isEmpty();
            database.execute("insert into restoration (restored_at, backup_made_at)"
                    + " values (now(), now() - interval '30 seconds')");
            assertThat(publisher.stranded(Instant.now()))
                    .extracting((Study study) -> study.studyInstanceUid)
                    .containsExactly("2.25.1");
            database.execute("update study set restoring_at = now() + interval '1 second'");
            assertThat(publisher.stranded(Instant.now()))
                    .as("by a worker of now")
                    .isEmpty();
        }
    }
}
