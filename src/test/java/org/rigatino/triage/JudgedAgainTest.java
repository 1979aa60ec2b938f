package org.rigatino.triage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.finding.Priority;
import org.rigatino.identity.Identities;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.Reader;
import org.rigatino.persistence.WorklistEntry.State;

/** A finished study that is judged again is one study on the worklist, and comes back to it where it rises. */
class JudgedAgainTest {
    private static final Duration LONG_AGO = Duration.ofDays(30);
    private static final Reader READER = new Reader(IdentityLevel.NONE, new Actor("anna", "192.0.2.7"));

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static WorklistRecord record;
    private static WorklistLists lists;
    private static int studies;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase(folder);
        database.with(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(TriageConfiguration.class)
                .build()
                .getConfigMapping(TriageConfiguration.class));
        database.bean(AuditTrail.class);
        database.bean(Identities.class);
        database.bean(StudyStanding.class);
        record = database.bean(WorklistRecord.class);
        lists = database.bean(WorklistLists.class);
        database.execute("insert into rerun (id, state, state_since, started_by, started_at) overriding system value"
                + " values (1, 'RUNNING', now(), 'adam', now())");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static WorklistView entry(JudgedStudy study) throws Exception {
        record.unlisted(100).forEach(record::list);
        return lists.find(study.uid(), READER).orElseThrow();
    }

    /** Revision 1, judged long ago and acknowledged. */
    private static JudgedStudy acknowledged(String priority) throws Exception {
        JudgedStudy study =
                new JudgedStudy(database.dataSource(), "2.25.77" + ++studies).judged(1, priority, 50, LONG_AGO);
        entry(study);
        database.execute("update worklist_entry set state = 'ACKNOWLEDGED', acknowledged_by = 'anna',"
                + " acknowledged_at = now() where study_instance_uid = '" + study.uid() + "'");
        return study;
    }

    private static void ofRun(JudgedStudy study, String more) throws Exception {
        database.execute("update study set rerun_id = 1, ready_at = now()" + more + " where revision = 2"
                + " and study_instance_uid = '" + study.uid() + "'");
    }

    @ParameterizedTest
    @CsvSource({"LOW,HIGH,OPEN", "HIGH,HIGH,ACKNOWLEDGED", "HIGH,LOW,ACKNOWLEDGED", "LOW,LOW,ACKNOWLEDGED"})
    void itComesBackWhereTheReleaseThatServesRaisesIt(String before, String after, State state) throws Exception {
        JudgedStudy study = acknowledged(before).judged(2, after, 60, LONG_AGO);
        ofRun(study, "");
        database.execute("update study set superseded_at = now(), superseded_by = 2 where revision = 1"
                + " and study_instance_uid = '" + study.uid() + "'");
        WorklistView entry = entry(study);
        assertThat(entry.state()).isEqualTo(state);
        assertThat(entry.priority()).isEqualTo(Priority.valueOf(after));
        assertThat(entry.imagesRestored()).as("once").isEqualTo(1);
        assertThat(database.query("select waiting_since > now() - interval '1 day' from worklist_entry where"
                        + " study_instance_uid = '" + study.uid() + "'"))
                .as("nobody is late who could not know")
                .containsExactly(state == State.OPEN ? "t" : "f");
    }

    /** The study keeps its place by what it came to before. */
    @Test
    void whereJudgingAgainFailsNothingChanges() throws Exception {
        JudgedStudy study = acknowledged("LOW").failed(2, "restore", LONG_AGO);
        ofRun(study, ", superseded_at = now()");
        WorklistView entry = entry(study);
        assertThat(List.of(entry.state(), entry.priority())).containsExactly(State.ACKNOWLEDGED, Priority.LOW);
        assertThat(entry.trouble()).isNull();
    }
}
