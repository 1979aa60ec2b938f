package org.rigatino.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rigatino.answer.AnswerComments;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.identity.IdentityMarks;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.PatientCorrections;
import org.rigatino.identity.Statement;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.report.ReportRetention;
import org.rigatino.triage.JudgedStudy;

/** When whose a study is goes, on a real PostgreSQL. */
class IdentityRetentionTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static DeliveryDatabase database;
    private static IdentityRetention retention;
    private static IdentityRows rows;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.bean(AuditTrail.class);
        rows = database.bean(IdentityRows.class);
        database.bean(AnswerComments.class);
        database.bean(ReportRetention.class);
        database.bean(PatientCorrections.class);
        database.bean(IdentityMarks.class);
        retention = database.bean(IdentityRetention.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static void ended(String uid, String state, int daysAgo) throws Exception {
        String at = "timestamptz '" + NOW.minus(Duration.ofDays(daysAgo)) + "'";
        database.execute(
                "insert into study (study_instance_uid, revision, state, refusal_rule, failed_stage, failure_cause,"
                        + " first_received_at, last_received_at, ended_at) values ('" + uid + "', 1, '" + state + "', "
                        + (state.equals("REFUSED") ? "'modality'" : "null") + ", "
                        + (state.equals("FAILED") ? "'restore', 'no device'" : "null, null") + ", " + at + ", " + at
                        + ", " + at
                        + ")");
        StudyIdentity jane = new StudyIdentity("p", Map.of(IdentityAttribute.PATIENT_NAME, "DOE^JANE"));
        database.inTransaction(() -> rows.record(List.of(new Statement(uid, jane)), NOW));
    }

    @Test
    void goesAfterItsTimeAndNotOfWhatIsYoungFailedOrOpenOnTheWorklist() throws Exception {
        ended("1.1", "CONFIRMED", 31);
        ended("1.2", "REFUSED", 31);
        ended("1.3", "CONFIRMED", 29);
        ended("1.4", "FAILED", 400);
        ended("1.5", "CONFIRMED", 400);
        // A person had it judged anew: nobody replays it any more.
        database.execute("insert into study (study_instance_uid, revision, state, failed_stage, failure_cause,"
                + " first_received_at, last_received_at, ended_at, superseded_at) select study_instance_uid, 2, 'FAILED',"
                + " 'restore', 'no device', ended_at, ended_at, ended_at, ended_at from study where"
                + " study_instance_uid = '1.1'");
        database.execute("insert into worklist_entry (study_instance_uid, revision, state, priority, images_seen,"
                + " images_restored, images_failed, waiting_since, listed_at) values ('1.5', 1, 'OPEN', 'LOW', 1, 1, 0, now(),"
                + " now())");
        retention.apply(Duration.ofDays(30), NOW);
        retention.apply(Duration.ofDays(30), NOW);
        assertThat(database.query("select study_instance_uid from study_identity where state = 'DELETED'"
                        + " and study_instance_uid < '1.6' order by 1"))
                .containsExactly("1.1", "1.2");
        assertThat(database.query("select study_instance_uid from identity_statement order by 1"))
                .containsExactly("1.3", "1.4", "1.5");
        assertThat(database.query(
                        "select study_instance_uid || ' ' || detail from audit_event where kind = 'IDENTITY_DELETED'"
                                + " and study_instance_uid in ('1.1', '1.2')"))
                .containsExactlyInAnyOrder(
                        "1.1 1 statements, by rigatino.retention.identity PT720H",
                        "1.2 1 statements, by rigatino.retention.identity PT720H");
        assertThat(database.query(
                        "select concat_ws(' ', patient_name, words) from study_identity where state = 'DELETED'"))
                .allMatch(String::isBlank);
    }

    /** Whichever of the two goes first; of others nothing changes. */
    @Test
    void retrievalsJoinNoStudiesOfAPatientWhoIsForgotten() throws Exception {
        ended("1.7", "CONFIRMED", 31);
        ended("1.8", "CONFIRMED", 31);
        for (String id : List.of("1.7 1.70 pacs", "1.9 1.8 pacs", "1.9 1.77 pacs", "1.77 1.9 pacs")) {
            database.execute("insert into retrieval (event_source, event_id, study_instance_uid, source, state,"
                    + " next_attempt_at, requested_at) values ('earlier', '" + id + "', '" + id.split(" ")[1]
                    + "', 'pacs', 'PENDING', now(), now())");
        }
        retention.apply(Duration.ofDays(30), NOW);
        assertThat(database.query("select event_id from retrieval where event_source = 'earlier' order by 1"))
                .containsExactly("1.77 1.9 pacs", "1.9 1.77 pacs");
        assertThat(database.query("select study_instance_uid from retrieval where event_source = 'fetch'"
                        + " and event_id not like '% %' and state = 'FAILED' order by 1"))
                .as("whose they were asked for cannot be told any more")
                .containsExactly("1.70", "1.8");
        assertThat(database.query("select subject || ' ' || detail from audit_event where kind = 'RETRIEVAL_FAILED'"
                        + " and study_instance_uid = '1.8'"))
                .singleElement()
                .asString()
                .startsWith("pacs not fetched: ")
                .doesNotContain("1.9");
    }

    /** Its images come still, and who fetches it finds out by itself: that nobody can tell whose they are ends it. */
    @Test
    void whatIsBeingFetchedGoesOnAndIsPartedOnceItIsOverAndListed() throws Exception {
        ended("1.10", "CONFIRMED", 31);
        database.execute("insert into retrieval (event_source, event_id, study_instance_uid, source, state, attempts,"
                + " next_attempt_at, requested_at) values ('earlier', '1.10 3 1.11 pacs', '1.11', 'pacs', 'PENDING', 1,"
                + " now() + interval '1 hour', '2026-05-01'), ('earlier', '1.10 3 1.12 pacs', '1.12', 'pacs', 'PENDING',"
                + " 1, now() + interval '1 hour', '2026-05-01')");
        retention.apply(Duration.ofDays(30), NOW);
        assertThat(fetched()).containsExactly("1.11 earlier PENDING f", "1.12 earlier PENDING f");
        database.execute("update retrieval set state = 'RETRIEVED', ended_at = now() where study_instance_uid = '1.11';"
                + " update retrieval set state = 'FAILED', ended_at = now() where study_instance_uid = '1.12'");
        retention.apply(Duration.ofDays(30), NOW);
        assertThat(fetched())
                .as("the worklist tells by it that it is an earlier one, and lists it soon")
                .containsExactly("1.11 earlier RETRIEVED t", "1.12 fetch FAILED t");
        database.execute("update retrieval set ended_at = now() - interval '25 hours'");
        retention.apply(Duration.ofDays(30), NOW);
        assertThat(fetched()).containsExactly("1.11 fetch RETRIEVED t", "1.12 fetch FAILED t");
        assertThat(database.query("select count(*) from audit_event where kind = 'RETRIEVAL_FAILED'"
                        + " and study_instance_uid in ('1.11', '1.12')"))
                .containsExactly("0");
    }

    private static List<String> fetched() throws Exception {
        return database.query("select concat_ws(' ', study_instance_uid, event_source, state, ended_at is not null)"
                + " from retrieval where study_instance_uid in ('1.11', '1.12') order by 1");
    }

    /** Each as old as it is itself, whatever became of its study. */
    @Test
    void whatPeopleWroteOfFindingsGoesAfterItsTimeAndTheirAnswersStay() throws Exception {
        JudgedStudy study = new JudgedStudy(database.dataSource(), "1.6").judged(1, "HIGH", 99, Duration.ZERO);
        for (int daysAgo : new int[] {31, 29}) {
            database.execute(
                    "insert into answer (finding_id, study_instance_uid, verdict, answered_by, answered_at, revises)"
                            + " select f.id, '1.6', 'AGREE', 'rosa', timestamptz '"
                            + NOW.minus(Duration.ofDays(daysAgo))
                            + "', (select max(id) from answer) from finding f join instance i on i.id = f.instance_id"
                            + " where i.sop_instance_uid = '" + study.image(1) + "'");
            database.execute("insert into answer_comment select max(id), '" + daysAgo + " days', '\\x00' from answer");
        }
        retention.applyToComments(Duration.ofDays(30), NOW);
        retention.applyToComments(Duration.ofDays(30), NOW);
        assertThat(database.query("select comment from answer_comment")).containsExactly("29 days");
        assertThat(database.query("select count(*) from answer")).containsExactly("2");
        assertThat(database.query("select detail from audit_event where study_instance_uid = '1.6'"))
                .containsExactly("1 comments on findings, by rigatino.retention.identity PT720H");
    }

    /** As where no process takes messages of patients, and none is a listener, which would forget them; or where taking one always fails. */
    @Test
    void marksThatNobodyTakesEndAndWhatWasDeletedStaysKnownWhereAMessageHasIt() throws Exception {
        String before = "timestamptz '" + NOW.minus(Duration.ofDays(31)) + "'";
        database.execute("delete from identity_said; insert into patient_message (received_at, sending_application,"
                + " sending_facility, control_id, kind, event_at, patient_id, issuer, prior_id, prior_issuer, patient_name,"
                + " patient_birth_date, patient_sex, content_sha256, salt) values ('" + NOW
                + "', 'HIS', '', '1', 'UPDATE', '" + NOW + "', 'A', 'SITE', '', '', '', '', '', '', '');"
                + " insert into identity_said (study_instance_uid, patient_ids, marked_at) values ('9.1', '{A,B}', "
                + before
                + "), ('9.2', '{}', " + before + "), ('9.3', '{C}', '" + NOW.minus(Duration.ofDays(29)) + "')");
        retention.applyToCorrections(Duration.ofDays(30), NOW);
        retention.applyToCorrections(Duration.ofDays(30), NOW);
        assertThat(database.query("select study_instance_uid from identity_said"))
                .containsExactly("9.3");
        assertThat(database.query("select patient_id from identity_gone")).containsExactly("A");
        assertThat(database.query("select detail from audit_event where detail like '%marks%' order by id"))
                .containsExactly("2 marks of what images say of patients, which nobody took, by"
                        + " rigatino.retention.unmatched-reports PT720H");
        database.execute("delete from identity_said; delete from identity_gone; delete from patient_message");
    }

    /** Of one that has no study, sooner. */
    @Test
    void reportsGoAfterTheirTimeAndTheTrailSaysHowMany() throws Exception {
        for (int daysAgo : new int[] {61, 31, 29}) {
            database.execute(
                    "insert into report (received_at, sending_application, sending_facility, control_id, status,"
                            + " reported_at, accession_number, patient_ids, issuers, birth_date, content, content_sha256, salt, settled_at)"
                            + " values (timestamptz '" + NOW.minus(Duration.ofDays(daysAgo)) + "', 'RIS', '', '"
                            + daysAgo
                            + "', 'FINAL', now(), 'A', '{1}', '{S}', '', '" + daysAgo + " days', 'x', '', "
                            + (daysAgo == 61 ? "now()" : "null") + ")");
        }
        retention.applyToUnmatchedReports(Duration.ofDays(30), NOW);
        retention.applyToUnmatchedReports(Duration.ofDays(30), NOW);
        assertThat(database.query("select content from report order by 1")).containsExactly("29 days", "61 days");
        retention.applyToReports(Duration.ofDays(60), NOW);
        assertThat(database.query("select content from report")).containsExactly("29 days");
        assertThat(database.query("select detail from audit_event where detail like '%radiologists%' order by id"))
                .containsExactly(
                        "1 reports of radiologists without a study, by rigatino.retention.unmatched-reports PT720H",
                        "1 reports of radiologists, by rigatino.retention.identity PT1440H");
    }
}
