package org.rigatino.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.study.LifeOnRecord;

/** Retention beside those who lock deliveries, and their study after them, on a real PostgreSQL. */
@Slow
class RetentionLocksTest {
    /** Of an object that was given up, as where a person says whose the study is. */
    @Test
    void whoLocksADeliveryBeforeItsStudyIsNotCaught(@TempDir Path folder) throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            LifeOnRecord.of(database);
            RetentionRecord retention = database.bean(RetentionRecord.class);
            givenUp(database);
            assertThat(database.beside(
                            "select id from delivery where study_id = 1 order by id for update",
                            "select id from study where id = 1 for update",
                            () -> retention.delete(
                                    Holding.OUTPUTS, "2.25.1", folder, Duration.ofDays(30), Instant.now())))
                    .isTrue();
            assertThat(database.query("select outputs_deleted from delivery")).containsExactly("t");
        }
    }

    /** Of a hundred whose files lie where nothing is deleted. */
    @Test
    void whatCannotBeDeletedKeepsBackNoOther(@TempDir Path folder) throws Exception {
        Path store = Files.createDirectory(folder.resolve("instances"));
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            LifeOnRecord.of(database);
            Retention retention = new Retention();
            retention.record = database.bean(RetentionRecord.class);
            database.execute("insert into study (id, study_instance_uid, revision, state, first_received_at,"
                    + " last_received_at, ended_at) overriding system value select n, '2.25.' || n, 1, 'CONFIRMED',"
                    + " now(), now() - interval '31 days', now() - interval '31 days' from generate_series(1001, 1101) n;"
                    + " insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                    + " select n, '2.25.7' || n, '1.2', '2.25.3', '1.2', 'MR', 'SCANNER',"
                    + " case n when 1101 then '' else '../' end || n || '.dcm', repeat('a', 64), 9, now(), 'RESTORED'"
                    + " from generate_series(1001, 1101) n");
            retention.apply(Holding.INSTANCES, Optional.of(Duration.ofDays(30)), store, Instant.now());
            assertThat(database.query("select study_instance_uid from study where instances_deleted_at is not null"))
                    .containsExactly("2.25.1101");
        }
    }

    private static void givenUp(DeliveryDatabase database) throws Exception {
        LifeOnRecord.ended(database, Duration.ofDays(31));
        database.execute(
                "insert into output (id, study_id, finding_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid,"
                        + " location, sha256, bytes, created_at) values (1, 1, null, 'SEGMENTATION', '2.25.81', '1.2.3', '2.25.4', '81.dcm',"
                        + " repeat('2', 64), 7, now())");
        database.execute("insert into delivery (output_id, study_id, destination, state, next_attempt_at)"
                + " values (1, 1, 'pacs', 'CANCELLED', now())");
    }
}
