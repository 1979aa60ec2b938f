package org.rigatino.triage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.rigatino.persistence.Instance;

/** Rows that a worker would have written of a study; what the worklist makes of them is under test. */
public record JudgedStudy(DataSource database, String uid) {
    /** Waiting for as long, of one image. */
    public JudgedStudy judged(int revision, String priority, double percentile, Duration ago) throws SQLException {
        Timestamp received = received(ago);
        execute(
                "insert into study (study_instance_uid, revision, state, priority, percentile, images_seen,"
                        + " images_restored, first_received_at, last_received_at, restored_at)"
                        + " values (?, ?, 'DELIVERING', ?, ?, 1, 1, ?, ?, ?)",
                uid,
                revision,
                priority,
                percentile,
                received,
                received,
                received);
        execute(
                "insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                        + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                        + " select id, ?, '1.2.840.10008.5.1.4.1.1.4', ?, '1.2.840.10008.1.2.1', 'TEST', 'absent.dcm', '', 0, ?,"
                        + " 'RESTORED' from study where study_instance_uid = ? and revision = ?",
                image(revision),
                uid + ".1",
                received,
                uid,
                revision);
        execute(
                "insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                        + " configuration_digest, score, percentile, flagged, created_at)"
                        + " select nextval('finding_id_seq'), id, 1, 'tiny', '1', 'd', 'd', 0.5, ?, ?, ?"
                        + " from instance where sop_instance_uid = ?",
                percentile,
                priority.equals("HIGH"),
                received,
                image(revision));
        return this;
    }

    /** Of 19 normal studies. */
    JudgedStudy against(int revision, double p, double beyond) throws SQLException {
        execute(
                "update study set p_value = ?, normal_studies = 19, beyond = ?, false_alarms = 0.05, deciding_model = 'tiny/1'"
                        + " where study_instance_uid = ? and revision = ?",
                p,
                beyond,
                uid,
                revision);
        return this;
    }

    /** One more image of a revision. */
    public JudgedStudy image(int revision, int number, Instance.Outcome outcome, String reason, String detail)
            throws SQLException {
        execute(
                "insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                        + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome,"
                        + " outcome_reason, outcome_detail)"
                        + " select id, ?, '1.2.840.10008.5.1.4.1.1.4', ?, '1.2.840.10008.1.2.1', 'TEST', 'absent.dcm', '', 0, now(),"
                        + " ?, ?, ? from study where study_instance_uid = ? and revision = ?",
                uid + ".2." + number,
                uid + ".1",
                outcome.name(),
                reason,
                detail,
                uid,
                revision);
        return this;
    }

    public String image(int revision) {
        return uid + ".1." + revision;
    }

    public JudgedStudy refused(int revision, String rule, Duration ago) throws SQLException {
        return ended(revision, "REFUSED", rule, null, null, ago);
    }

    JudgedStudy failed(int revision, String stage, Duration ago) throws SQLException {
        return failed(revision, stage, "made for a test", ago);
    }

    public JudgedStudy failed(int revision, String stage, String cause, Duration ago) throws SQLException {
        return ended(revision, "FAILED", null, stage, cause, ago);
    }

    private JudgedStudy ended(int revision, String state, String rule, String stage, String cause, Duration ago)
            throws SQLException {
        Timestamp received = received(ago);
        execute(
                "insert into study (study_instance_uid, revision, state, refusal_rule, failed_stage, failure_cause,"
                        + " images_seen, first_received_at, last_received_at, ended_at)"
                        + " values (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
                uid,
                revision,
                state,
                rule,
                stage,
                cause,
                received,
                received,
                received);
        return this;
    }

    private static Timestamp received(Duration ago) {
        return Timestamp.from(Instant.now().minus(ago));
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
