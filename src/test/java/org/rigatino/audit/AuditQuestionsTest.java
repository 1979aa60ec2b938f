package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;

/** What the views leave out of the trail, and what the trail takes. A kind that is new is decided on here. */
class AuditQuestionsTest {
    /** Of a study, and done by no person: a system's or a sender's. */
    private static final Set<EventKind> NO_ACT_ON_A_STUDY = EnumSet.of(
            EventKind.INSTANCE_REFUSED,
            EventKind.INSTANCE_ADOPTED,
            EventKind.INSTANCE_RECOGNISED,
            EventKind.INSTANCE_SET_ASIDE,
            EventKind.IDENTITY_RECORDED,
            EventKind.OWN_OUTPUT_RECEIVED,
            EventKind.STUDY_RETRIEVED,
            EventKind.RETRIEVAL_FAILED,
            EventKind.EVENT_REFUSED,
            EventKind.STUDY_READY,
            EventKind.STUDY_REFUSED,
            EventKind.OUTPUT_WRITTEN,
            EventKind.STUDY_RESTORED,
            EventKind.STUDY_FAILED,
            EventKind.DELIVERY_FOUND,
            EventKind.DELIVERY_TAKEN_ELSEWHERE,
            EventKind.DELIVERY_TAKEN_LATE,
            EventKind.DELIVERY_CONFIRMED,
            EventKind.DELIVERED_WITHOUT_PROOF,
            EventKind.DELIVERY_DECLINED,
            EventKind.DELIVERY_FAILED,
            EventKind.STUDY_DELIVERED,
            EventKind.STUDY_CONFIRMED,
            EventKind.WORKITEM_CLAIMED,
            EventKind.WORKITEM_COMPLETED,
            EventKind.WORKITEM_CANCELED,
            EventKind.WORKITEM_LOST,
            EventKind.WORKITEM_GIVEN_UP,
            EventKind.ASSESSMENT_NOT_SENT,
            EventKind.REJECTION_NOTE_NOT_SENT,
            EventKind.WEBHOOK_GIVEN_UP,
            EventKind.HL7_ACCEPTED,
            EventKind.HL7_GIVEN_UP,
            EventKind.REPORT_RECEIVED,
            EventKind.PATIENT_CORRECTED,
            EventKind.PATIENT_NOT_CORRECTED,
            EventKind.HL7_REFUSED,
            EventKind.INSTANCES_DELETED,
            EventKind.OUTPUTS_DELETED,
            EventKind.IDENTITY_DELETED);

    /** Of no study. */
    private static final Set<EventKind> OF_THE_INSTALLATION = EnumSet.of(
            EventKind.APPLICATION_STARTED,
            EventKind.APPLICATION_STOPPED,
            EventKind.CONFIGURATION_RECORDED,
            EventKind.CONFIGURATION_CHANGED,
            EventKind.RULES_FOLLOWED,
            EventKind.ANSWERS_EXPORTED,
            EventKind.DESTINATION_TESTED,
            EventKind.DESTINATION_ADDED,
            EventKind.DESTINATION_CHANGED,
            EventKind.DESTINATION_REMOVED,
            EventKind.SENDER_ADDED,
            EventKind.SENDER_REMOVED,
            EventKind.RELEASE_RECORDED,
            EventKind.RELEASE_PROMOTED,
            EventKind.RELEASE_WITHDRAWN,
            EventKind.RERUN_STARTED,
            EventKind.RERUN_PAUSED,
            EventKind.RERUN_CONTINUED,
            EventKind.RERUN_STOPPED,
            EventKind.RERUN_DONE,
            EventKind.SIGN_IN,
            EventKind.SIGN_IN_REFUSED,
            EventKind.SIGN_IN_BLOCKED,
            EventKind.USER_ADDED,
            EventKind.USER_PASSWORD_CHANGED,
            EventKind.USER_DISABLED,
            EventKind.USER_ENABLED,
            EventKind.USER_ROLES_CHANGED,
            EventKind.USER_REMOVED,
            EventKind.BACKUP_MADE,
            EventKind.BACKUP_RESTORED);

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.APPLICATION)) {
            for (EventKind kind : EventKind.values()) {
                AuditChain.append(
                        connection, List.of(new AuditTrail.Event(kind, "1.2.3", null, "told of änna").by("anna")));
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void whatAPersonDidWithAStudyIsAmongWhatWasDoneWithIt() throws SQLException {
        Set<EventKind> acts = EnumSet.allOf(EventKind.class);
        acts.removeAll(NO_ACT_ON_A_STUDY);
        acts.removeAll(OF_THE_INSTALLATION);
        assertThat(kinds("select kind from study_access")).isEqualTo(names(acts));
    }

    @Test
    void whatWasRefusedIsAmongWhatWas() throws SQLException {
        Set<String> refusals = Arrays.stream(EventKind.values())
                .map(Enum::name)
                .filter(kind -> kind.matches(".*_(REFUSED|BLOCKED|DECLINED|NOT_CORRECTED|NOT_SENT)"))
                .collect(Collectors.toSet());
        refusals.add(EventKind.DELIVERY_FAILED.name());
        assertThat(refusals).hasSizeGreaterThan(8);
        assertThat(kinds("select kind from refusal")).isEqualTo(refusals);
    }

    /** The bytes that PostgreSQL takes the hash of are those that Java does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "2026-11-30T12:00:00Z | 1.2.3 | - | 2",
                "2026-11-30T12:00:00.120Z | - | anna | 2",
                "2026-11-30T12:00:00.120034Z | 1.2.3 | - | 1",
                "2026-11-30T12:00:00.000034Z | 1.2.3 | ünna | 1",
                "1999-12-31T23:59:59.999Z | - | '' | 2",
            })
    void theDatabaseKnowsTheHashOfARow(String at, String study, String actor, int version) throws SQLException {
        AuditRow row = new AuditRow(
                77,
                java.time.Instant.parse(at),
                "STUDY_VIEWED",
                study,
                "",
                "ein Wort: 語, \"𝔘\"\r\n",
                actor,
                null,
                version,
                AuditRow.GENESIS,
                null);
        try (Connection owner = PostgresSchema.connect(postgres);
                var asked = owner.prepareStatement(
                        "select audit_hash(row(77, ?::timestamptz, 'STUDY_VIEWED', ?, '', ?, ?, null, ?, '', ?::smallint)::audit_event)")) {
            asked.setString(1, at);
            asked.setString(2, study);
            asked.setString(3, row.detail());
            asked.setString(4, actor);
            asked.setString(5, AuditRow.GENESIS);
            asked.setInt(6, version);
            try (ResultSet found = asked.executeQuery()) {
                found.next();
                assertThat(found.getString(1)).isEqualTo(row.contentHash());
            }
        }
    }

    /** One such row would break the proof of all behind it, and cannot be taken out. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "1", "3"})
    void aRowWithAnotherHashThanItsOwnIsRefused(String version) {
        String insert = "insert into audit_event (id, occurred_at, kind, detail, version, previous_hash, hash)"
                + " select id + 1, now(), 'STUDY_READY', 'forged', " + version
                + ", hash, repeat('b', 64) from audit_head";
        refused(DatabaseRole.APPLICATION, insert, "has not the hash of what it says");
        refused(
                DatabaseRole.EXPORTER,
                "select append_answers_exported(id + 1, now(), 'forged', 'os:root', null, " + version
                        + "::smallint, hash, repeat('b', 64)) from audit_head",
                "has not the hash of what it says");
    }

    @Test
    void whoExportsAnswersIsNoUser() {
        refused(
                DatabaseRole.EXPORTER,
                "select append_answers_exported(id + 1, now(), 'forged', 'anna', null, 2::smallint, hash, '') from audit_head",
                "an account of the operating system");
    }

    private static void refused(DatabaseRole role, String sql, String why) {
        assertThatThrownBy(() -> {
                    try (Connection connection = PostgresSchema.connect(postgres, role);
                            Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                .hasMessageContaining(why);
    }

    private static Set<String> names(Set<EventKind> kinds) {
        return kinds.stream().map(Enum::name).collect(Collectors.toSet());
    }

    private static Set<String> kinds(String sql) throws SQLException {
        Set<String> kinds = new HashSet<>();
        try (Connection connection = PostgresSchema.connect(postgres, DatabaseRole.AUDITOR);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                kinds.add(rows.getString(1));
            }
        }
        return kinds;
    }
}
