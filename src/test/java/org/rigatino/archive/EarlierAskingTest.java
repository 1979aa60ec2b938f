package org.rigatino.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditRows;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicomweb.EarlierRetrievals;
import org.rigatino.dicomweb.RetrievalRecord;
import org.rigatino.identity.EarlierOfPatient;
import org.rigatino.identity.EarlierPatients;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.Reader;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.patient.PatientValues;

/** What is asked for beside studies that are here, on a real PostgreSQL. */
class EarlierAskingTest {
    private static final Reader ROSA = new Reader(IdentityLevel.FULL, new Actor("rosa", "192.0.2.7"));
    private static final String STUDY = "2.25.61";
    private static final String NEXT = "2.25.62";

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static Identities identities;
    private static IdentityRows rows;
    private static EarlierAsking asking;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(Settings.of(IngestConfiguration.class, Map.of("rigatino.ingest.store", folder.toString())));
        database.bean(AuditTrail.class);
        database.bean(AuditRows.class);
        database.bean(EarlierRetrievals.class);
        database.bean(EarlierOfPatient.class);
        database.bean(EarlierPatients.class);
        rows = database.bean(IdentityRows.class);
        identities = database.bean(Identities.class);
        asking = database.bean(EarlierAsking.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void studies() throws Exception {
        database.execute(
                "delete from retrieval; delete from earlier_patient; delete from study_identity; delete from study");
        for (String study : List.of(STUDY, NEXT)) {
            database.execute(String.format(
                    """
                    insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)
                      values ('%1$s', 1, 'CONFIRMED', now(), now());
                    insert into study_identity (study_instance_uid, state, changed_at, patient_name, patient_id,
                      issuer_of_patient_id, patient_birth_date, patient_sex, study_date, study_day, words)
                      values ('%1$s', 'RECORDED', now(), 'DOE^JANE', 'A', 'ST-ANNA', '19700101', 'F', '20261120',
                        '2026-11-20', '')""",
                    study));
        }
    }

    private static Identity whose(String study) {
        return identities.show(List.of(study), ROSA).get(study);
    }

    private static List<ListedStudy> listed(String patientId, int first) {
        List<ListedStudy> listed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            listed.add(new ListedStudy(
                    "1.2." + (first + i),
                    new PatientValues(List.of(patientId, "ST-ANNA", "DOE^JANE", "19700101", "F")),
                    "",
                    Optional.of(LocalDate.of(2020 - i, 1, 1)),
                    List.of("MR"),
                    OptionalInt.empty()));
        }
        return listed;
    }

    private static void ofPatient(String id) throws Exception {
        database.execute(
                "update study_identity set patient_id = '" + id + "' where study_instance_uid = '" + STUDY + "'");
    }

    private static List<String> studies(EarlierAsking.Told told) {
        return told.retrievals().stream()
                .map(RetrievalRecord.Status::studyInstanceUid)
                .sorted()
                .toList();
    }

    /**
     * Who reads one and who reads the other of two studies of a patient, each with an archive of their own: both have read what is
     * under way before any of it is written, unless one waits for the other.
     */
    @Test
    void twoWhoAskForTheSamePatientAskForThreeStudiesTogether() throws Exception {
        Identity of = whose(STUDY);
        Identity same = whose(NEXT);
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            database.execute("begin; lock table retrieval in share mode");
            Future<?> one = people.submit(() -> asking.choose("old", STUDY, of, listed("A", 1), ROSA));
            Future<?> other = people.submit(() -> asking.choose("new", NEXT, same, listed("A", 1), ROSA));
            await().until(() -> database.query("select count(*) from pg_locks where not granted")
                    .get(0)
                    .equals("2"));
            database.execute("commit");
            one.get();
            other.get();
        } finally {
            people.shutdownNow();
        }
        assertThat(database.query("select study_instance_uid from retrieval order by 1"))
                .containsExactly("1.2.1", "1.2.2", "1.2.3");
    }

    @Test
    void whatWasAskedForBeforeAMergeIsTakenBackIsNotShownOfTheOther() throws Exception {
        asking.choose("old", STUDY, whose(STUDY), listed("A", 1), ROSA);
        EarlierAsking.Told first = asking.told(STUDY);
        assertThat(studies(first)).containsExactly("1.2.1", "1.2.2", "1.2.3");
        assertThat(first.searches())
                .singleElement()
                .satisfies(told -> assertThat(told.found().asked()).isEqualTo(3));
        assertThat(asking.told(NEXT).searches()).as("beside another study").isEmpty();

        ofPatient("B");
        assertThat(asking.told(STUDY)).isEqualTo(new EarlierAsking.Told(List.of(), List.of()));
        asking.choose("old", STUDY, whose(STUDY), listed("B", 11), ROSA);
        assertThat(studies(asking.told(STUDY))).containsExactly("1.2.11", "1.2.12", "1.2.13");
        asking.failed("new", STUDY, whose(STUDY), "it is away", ROSA.actor());
        assertThat(asking.told(STUDY).searches())
                .extracting(EarlierFetch.Searched::archive, EarlierFetch.Searched::failure)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("new", "it is away"),
                        org.assertj.core.groups.Tuple.tuple("old", null));

        ofPatient("A");
        assertThat(asking.told(STUDY)).isEqualTo(first);
        assertThat(database.query(
                        "select detail from audit_event where kind = 'SOURCE_SEARCHED' and study_instance_uid = '"
                                + STUDY + "' order by id"))
                .as("for the auditor, with a number for whose it was")
                .hasSize(3)
                .noneMatch(detail -> detail.contains("ST-ANNA") || detail.contains("JANE"));
    }

    @Test
    void whoWasAskedForIsForgottenWithWhoseTheStudyIs() throws Exception {
        asking.choose("old", STUDY, whose(STUDY), listed("A", 1), ROSA);
        database.inTransaction(() -> rows.delete(STUDY, Instant.now()));
        assertThat(database.query("select count(*) from earlier_patient")).containsExactly("0");
        assertThat(asking.told(STUDY).searches()).isEmpty();
    }

    @Test
    void whoseTheStudyIsMayHaveChangedWhileTheArchiveWasAsked() throws Exception {
        Identity before = whose(STUDY);
        ofPatient("B");
        asking.choose("old", STUDY, before, listed("A", 1), ROSA);
        assertThat(asking.told(STUDY).retrievals()).isEmpty();
        assertThat(asking.told(STUDY).searches()).singleElement().satisfies(told -> assertThat(told.failure())
                .contains("has changed meanwhile"));
        assertThat(database.query("select count(*) from retrieval")).containsExactly("0");
    }
}
