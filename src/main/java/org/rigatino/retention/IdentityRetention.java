package org.rigatino.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.rigatino.answer.AnswerComments;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.IdentityMarks;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.PatientCorrections;
import org.rigatino.report.ReportRetention;

/**
 * Deletes whose a study is from the record, a study a transaction, and what people wrote of its findings and reported of it, each as old; and says
 * in the trail that it did.
 */
@ApplicationScoped
public class IdentityRetention {

    private static final String DUE =
            " from study_identity i join study s on s.study_instance_uid = i.study_instance_uid"
                    + " where i.state <> 'DELETED' and s." + Holding.ENDED + " and s.ended_at < ? and "
                    + Holding.allEnded("i.study_instance_uid")
                    + " and not exists (select 1 from worklist_entry e where e.study_instance_uid = i.study_instance_uid"
                    + " and e.state = 'OPEN')";

    private static final String ALL_DUE =
            "select distinct i.study_instance_uid" + DUE + " and i.study_instance_uid > ? order by 1 limit ?";
    private static final String IS_DUE = "select 1" + DUE + " and i.study_instance_uid = ? limit 1";

    /**
     * Nothing could be held against the patient whom they were asked for, were they fetched after that. What is being fetched
     * ends by itself: whoever does so asks whose it is before each attempt, and what comes is let in until it is over.
     */
    private static final String END = "update retrieval set state = 'FAILED', ended_at = now(), last_error = ?"
            + " where event_source = 'earlier' and state = 'PENDING' and (attempts = 0 or next_attempt_at <= now())"
            + " and (study_instance_uid = ? or event_id like ?) returning study_instance_uid, source";

    private static final String FORGOTTEN = "not fetched: whose this study or the later one is was deleted since it was"
            + " asked for; who needs it fetches it by its Study Instance UID";

    /**
     * Of retrievals that name a later study of the patient, whom nothing joins any more: they become ones of nobody's. Not
     * before the worklist has listed what they brought, which tells by them that it is not of today.
     */
    private static final String PART =
            "update retrieval r set event_source = 'fetch', event_id = gen_random_uuid()::text where event_source = 'earlier'"
                    + " and (state = 'FAILED' or state = 'RETRIEVED' and ended_at < now() - interval '1 day') and ";

    private static final String PART_STUDY = PART + "(study_instance_uid = ? or event_id like ?)";

    /** Those that were being fetched or listed when whose either study was was deleted. */
    private static final String PART_LEFT = PART
            + "exists (select from study_identity i where i.state = 'DELETED' and i.changed_at > r.requested_at"
            + " and i.study_instance_uid in (r.study_instance_uid, split_part(r.event_id, ' ', 1)))";

    @Inject
    DataSource dataSource;

    @Inject
    IdentityRows rows;

    @Inject
    AnswerComments comments;

    @Inject
    ReportRetention reports;

    @Inject
    PatientCorrections corrections;

    @Inject
    IdentityMarks marks;

    @Inject
    AuditTrail audit;

    void apply(Duration age, Instant now) throws SQLException {
        RetentionRecord.forEach("identity", uid -> due(age, now, uid), uid -> delete(uid, age, now));
        partLeft();
    }

    @Transactional(rollbackOn = Exception.class)
    void applyToComments(Duration age, Instant now) {
        comments.deleteBefore(RetentionRecord.before(now, age).toInstant())
                .forEach((study, deleted) -> audit.append(
                        EventKind.IDENTITY_DELETED,
                        study,
                        null,
                        deleted + " comments on findings, by rigatino.retention.identity " + age));
    }

    @Transactional(rollbackOn = Exception.class)
    void applyToReports(Duration age, Instant now) {
        tell(
                reports.deleteBefore(RetentionRecord.before(now, age).toInstant()),
                "reports of radiologists, by rigatino.retention.identity " + age);
    }

    @Transactional(rollbackOn = Exception.class)
    void applyToUnmatchedReports(Duration age, Instant now) {
        tell(
                reports.settle(RetentionRecord.before(now, age).toInstant()),
                "reports of radiologists without a study, by rigatino.retention.unmatched-reports " + age);
    }

    /** Those alone of which no study is any more, and marks that nobody takes. */
    @Transactional(rollbackOn = Exception.class)
    void applyToCorrections(Duration age, Instant now) {
        tell(
                marks.endBefore(RetentionRecord.before(now, age).toInstant()),
                "marks of what images say of patients, which nobody took, by rigatino.retention.unmatched-reports "
                        + age);
        tell(
                corrections.deleteBefore(RetentionRecord.before(now, age).toInstant()),
                "updates and merges of patients of whom there is no study, by rigatino.retention.unmatched-reports "
                        + age);
    }

    private void tell(int deleted, String what) {
        if (deleted > 0) {
            audit.append(EventKind.IDENTITY_DELETED, null, null, deleted + " " + what);
        }
    }

    @Transactional
    List<String> due(Duration age, Instant now, String behind) throws SQLException {
        List<String> due = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(ALL_DUE)) {
            bind(select, RetentionRecord.before(now, age));
            select.setString(4, behind);
            select.setInt(5, RetentionRecord.STUDIES);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    due.add(found.getString(1));
                }
            }
        }
        return due;
    }

    private static void bind(PreparedStatement select, OffsetDateTime before) throws SQLException {
        for (int i = 1; i <= 3; i++) {
            select.setObject(i, before);
        }
    }

    /** @return whether it still was due */
    @Transactional(rollbackOn = Exception.class)
    boolean delete(String study, Duration age, Instant now) throws SQLException {
        List<AuditTrail.Event> events;
        try (Connection connection = dataSource.getConnection()) {
            if (!RetentionRecord.lock(connection, study)
                    || !isDue(connection, study, RetentionRecord.before(now, age))) {
                return false;
            }
            events = end(connection, study);
            part(connection, study);
        }
        int deleted = rows.delete(study, now);
        events.add(new AuditTrail.Event(
                EventKind.IDENTITY_DELETED,
                study,
                null,
                deleted + " statements, by rigatino.retention.identity " + age));
        audit.append(events);
        return true;
    }

    private static List<AuditTrail.Event> end(Connection connection, String study) throws SQLException {
        List<AuditTrail.Event> events = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(END)) {
            update.setString(1, FORGOTTEN);
            update.setString(2, study);
            update.setString(3, study + " %");
            try (ResultSet ended = update.executeQuery()) {
                while (ended.next()) {
                    events.add(new AuditTrail.Event(
                            EventKind.RETRIEVAL_FAILED, ended.getString(1), ended.getString(2), FORGOTTEN));
                }
            }
        }
        return events;
    }

    private static void part(Connection connection, String study) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PART_STUDY)) {
            update.setString(1, study);
            update.setString(2, study + " %");
            update.executeUpdate();
        }
    }

    @Transactional(rollbackOn = Exception.class)
    void partLeft() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(PART_LEFT)) {
            update.executeUpdate();
        }
    }

    private static boolean isDue(Connection connection, String study, OffsetDateTime before) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(IS_DUE)) {
            bind(select, before);
            select.setString(4, study);
            return select.executeQuery().next();
        }
    }
}
