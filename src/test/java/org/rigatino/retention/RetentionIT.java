package org.rigatino.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.RunningParts;

/** What is deleted when, with the real database and files: instances after a month, outputs after two. */
@QuarkusTest
@WithTestResource(RunningParts.class)
class RetentionIT {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @Inject
    Retention retention;

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    DataSource database;

    @Test
    void instancesGoAfterTheirTimeAndOutputsAfterTheirs() throws Exception {
        Kept study = kept("1.2.826.0.1.501", "CONFIRMED", 31, "CONFIRMED");
        retention.apply(NOW);
        assertThat(study.instance).doesNotExist();
        assertThat(study.instance.getParent().getParent()).doesNotExist();
        assertThat(study.output).exists();
        assertThat(audited("INSTANCES_DELETED", "1.2.826.0.1.501"))
                .isEqualTo("1 files of 4 bytes, by rigatino.retention.instances PT720H");

        retention.apply(NOW.plus(Duration.ofDays(30)));
        assertThat(study.output).doesNotExist();
        assertThat(audited("OUTPUTS_DELETED", "1.2.826.0.1.501")).startsWith("1 files of 4 bytes");

        retention.apply(NOW.plus(Duration.ofDays(31)));
        assertThat(count("audit_event where kind = 'INSTANCES_DELETED' and study_instance_uid = '1.2.826.0.1.501'"))
                .isEqualTo(1);
        assertThat(count("instance i join study s on s.id = i.study_id where s.study_instance_uid = '1.2.826.0.1.501'"))
                .isEqualTo(1);
    }

    @Test
    void aRefusedStudysInstancesGoToo() throws Exception {
        Kept study = kept("1.2.826.0.1.502", "REFUSED", 31, null);
        retention.apply(NOW);
        assertThat(study.instance).doesNotExist();
    }

    @Test
    void whatIsYoungStays() throws Exception {
        Kept study = kept("1.2.826.0.1.503", "CONFIRMED", 29, "CONFIRMED");
        retention.apply(NOW);
        assertThat(study.instance).exists();
    }

    @Test
    void whatIsUnderWayOrMayBeReplayedStays() throws Exception {
        Kept failed = kept("1.2.826.0.1.504", "FAILED", 400, "FAILED");
        Kept delivering = kept("1.2.826.0.1.505", "DELIVERING", 400, "PENDING");
        retention.apply(NOW);
        assertThat(failed.instance).exists();
        assertThat(failed.output).exists();
        assertThat(delivering.instance).exists();
        assertThat(delivering.output).exists();
    }

    @Test
    void anOlderRevisionWaitsForTheLatest() throws Exception {
        Kept study = kept("1.2.826.0.1.506", "CONFIRMED", 400, "CONFIRMED");
        execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " values ('1.2.826.0.1.506', 2, 'RECEIVING', '" + NOW + "', '" + NOW + "')");
        retention.apply(NOW);
        assertThat(study.instance).exists();
        assertThat(study.output).exists();
    }

    @Test
    void anOutputThatADestinationHasNotConfirmedStays() throws Exception {
        Kept study = kept("1.2.826.0.1.507", "CONFIRMED", 400, "SENT");
        retention.apply(NOW);
        assertThat(study.instance).doesNotExist();
        assertThat(study.output).exists();
    }

    @Test
    void whatWasDeliveredWithoutProofGoesOnceThatIsItsEnd() throws Exception {
        Kept ended = kept("1.2.826.0.1.508", "DELIVERED", 400, "DELIVERED");
        Kept waiting = kept("1.2.826.0.1.509", "DELIVERED", 400, "SENT");
        execute("update study set ended_at = null where study_instance_uid = '1.2.826.0.1.509'");
        retention.apply(NOW);
        assertThat(ended.instance).doesNotExist();
        assertThat(ended.output).doesNotExist();
        assertThat(waiting.instance).exists();
        assertThat(waiting.output).exists();
    }

    private record Kept(Path instance, Path output) {}

    /** A study of one instance and one output that ended some days before now. */
    private Kept kept(String uid, String state, int days, String delivery) throws Exception {
        Instant ended = NOW.minus(Duration.ofDays(days));
        String reason = state.equals("REFUSED") ? "'modality', null, null" : "null, null, null";
        reason = state.equals("FAILED") ? "null, 'image', 'test'" : reason;
        execute("insert into study (study_instance_uid, revision, state, refusal_rule, failed_stage, failure_cause,"
                + " first_received_at, last_received_at, ended_at) values ('" + uid + "', 1, '" + state + "', " + reason
                + ", '" + ended + "', '" + ended + "', '" + ended + "')");
        execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at) select id, '" + uid
                + ".1', '1', '1', '1', 'TEST', '" + uid + "/1/1.dcm', 'x', 4, '" + ended
                + "' from study where study_instance_uid = '" + uid + "'");
        Path instance = write(ingest.store().resolve(uid + "/1/1.dcm"));
        Path output = write(deliver.outputs().resolve("ab/" + uid + ".dcm"));
        if (delivery != null) {
            execute("insert into finding (instance_id, frame_number, model_name, model_version, model_digest,"
                    + " configuration_digest, score, percentile, flagged, created_at) select id, 1, 'm', '1', 'd', 'c',"
                    + " 1, 50, false, '" + ended + "' from instance where sop_instance_uid = '" + uid + ".1'");
            execute("insert into output (finding_id, study_id, kind, sop_instance_uid, sop_class_uid,"
                    + " series_instance_uid, location, sha256, bytes, created_at) select f.id, i.study_id,"
                    + " 'SECONDARY_CAPTURE', '" + uid + ".2', '1', '1', 'ab/" + uid + ".dcm', 'x', 4, '" + ended
                    + "' from finding f join instance i on i.id = f.instance_id where i.sop_instance_uid = '" + uid
                    + ".1'");
            execute("insert into delivery (output_id, study_id, destination, state, next_attempt_at) select id,"
                    + " study_id, 'pacs', '" + delivery + "', '" + ended + "' from output where sop_instance_uid = '"
                    + uid + ".2'");
        }
        return new Kept(instance, output);
    }

    private static Path write(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "data");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private String audited(String kind, String uid) throws SQLException {
        return text(
                "select detail from audit_event where kind = '" + kind + "' and study_instance_uid = '" + uid + "'");
    }

    private long count(String from) throws SQLException {
        return Long.parseLong(text("select count(*) from " + from));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
