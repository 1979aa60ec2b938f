package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.OperationStatus;
import org.rigatino.dicom.PerformedStep;
import org.rigatino.dicom.PerformedStep.Operation;
import org.rigatino.dicom.PerformedStep.Series;
import org.rigatino.dicom.PerformedStep.State;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.TestDatabase;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.Statement;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.persistence.Study;

/** What steps say of a study that is receiving, on a real PostgreSQL as the application's role. */
@Slow
class PerformedStepsTest {
    private static final String STUDY = "2.25.1";
    private static final String STEP = "2.25.8";
    private static final String OTHER_STEP = "2.25.9";

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static IdentityRows identities;
    private static PerformedSteps steps;
    private static Completion completion;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        identities = database.bean(IdentityRows.class);
        steps = database.bean(PerformedSteps.class);
        completion = database.bean(Completion.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void receiving() throws Exception {
        database.execute("delete from performed_step; delete from announced_instance; delete from identity_statement;"
                + " delete from study_identity; delete from instance; delete from study;"
                + " insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " overriding system value values (1, '" + STUDY + "', 1, 'RECEIVING', now(), now())");
    }

    private static void received(String... images) throws Exception {
        for (String image : images) {
            database.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                    + " values (1, '" + image + "', '1.2.840.10008.5.1.4.1.1.4', '2.25.5', '1.2.840.10008.1.2.1', 'MR',"
                    + " 'MODALITY', '" + image + "', repeat('a', 64), 1, now(), 'PENDING')");
        }
    }

    private static OperationStatus create(String uid, String patientId, String... studies) throws Exception {
        return steps.keep(
                Operation.CREATE,
                "MODALITY",
                uid,
                new PerformedStep(
                        Optional.of(State.IN_PROGRESS), Set.of(studies), named(patientId), Optional.of(List.of())));
    }

    /** As it is read. */
    private static Dataset named(String patientId) throws Exception {
        Dataset step = new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.3.1.2.3.3")
                .put(Tag.SOPInstanceUID, STEP)
                .put(Tag.SpecificCharacterSet, "ISO_IR 192")
                .putUtf8(Tag.PatientID, patientId);
        Path file = folder.resolve("step.dcm");
        return Dataset.readHeader(Files.write(file, step.encode("1.2.840.10008.1.2.1", "TEST")));
    }

    private static OperationStatus set(String uid, State state, Series... series) throws Exception {
        return steps.keep(
                Operation.SET,
                "MODALITY",
                uid,
                new PerformedStep(Optional.ofNullable(state), Set.of(), new Dataset(), Optional.of(List.of(series))));
    }

    private static Series of(String... images) {
        return new Series(Arrays.asList(images), 0);
    }

    private static Optional<String> wholeBy() throws Exception {
        Optional<String> by = database.inTransaction(
                () -> completion.wholeBy(database.entities().find(Study.class, 1L)));
        boolean candidate = completion.whole().contains(1L);
        assertThat(candidate || by.isEmpty()).isTrue();
        return by;
    }

    @Test
    void aStudyIsWholeOnceAllImagesOfItsCompletedStepsAreHere() throws Exception {
        assertThat(create(STEP, "4711", STUDY)).isEqualTo(OperationStatus.SUCCESS);
        received("2.25.21");
        assertThat(set(STEP, State.COMPLETED, of("2.25.21"), of("2.25.22"))).isEqualTo(OperationStatus.SUCCESS);
        assertThat(wholeBy()).isEmpty();
        received("2.25.22");
        assertThat(wholeBy()).contains("PERFORMED_STEP");
    }

    @Test
    void whatAStepSaidBeforeItsEndHoldsAtItsEnd() throws Exception {
        create(STEP, "", STUDY);
        set(STEP, null, of("2.25.21"), of("2.25.22"));
        received("2.25.21");
        steps.keep(
                Operation.SET,
                "MODALITY",
                STEP,
                new PerformedStep(Optional.of(State.COMPLETED), Set.of(), new Dataset(), Optional.empty()));
        assertThat(wholeBy()).isEmpty();
        received("2.25.22");
        assertThat(wholeBy()).contains("PERFORMED_STEP");
    }

    /** Whatever else was announced: a modality that is at it makes more. Only the quiet period ends the wait then. */
    @Test
    void aStepThatIsUnderWayKeepsOthersFromEndingTheWaitSooner() throws Exception {
        create(STEP, "", STUDY);
        create(OTHER_STEP, "", STUDY);
        set(STEP, State.COMPLETED, of("2.25.21"));
        received("2.25.21");
        database.execute("insert into announced_instance values ('" + STUDY + "', '2.25.21', 'PACS', now())");
        assertThat(wholeBy()).isEmpty();
        set(OTHER_STEP, State.DISCONTINUED);
        assertThat(wholeBy()).contains("PERFORMED_STEP");
        database.execute("update performed_step set names_all = false");
        assertThat(wholeBy()).contains("ANNOUNCEMENT");
        database.execute("update performed_step set image_uids = '{2.25.21,2.25.22}'");
        assertThat(wholeBy()).isEmpty();
    }

    @Test
    void aDiscontinuedStepTellsNothingAndHoldsNothing() throws Exception {
        create(STEP, "", STUDY);
        set(STEP, State.DISCONTINUED, of("2.25.21", "2.25.22"));
        received("2.25.21", "2.25.22");
        assertThat(wholeBy()).isEmpty();
        assertThat(completion.whole()).isEmpty();
    }

    @Test
    void aStepThatDoesNotNameWhatItMadeTellsNothing() throws Exception {
        create(STEP, "", STUDY);
        set(STEP, State.COMPLETED, of("2.25.21"), of());
        received("2.25.21");
        assertThat(wholeBy()).isEmpty();
        create(OTHER_STEP, "", STUDY);
        set(OTHER_STEP, State.COMPLETED);
        database.execute("delete from performed_step where sop_instance_uid = '" + STEP + "'");
        assertThat(wholeBy()).isEmpty();
    }

    @Test
    void whatIsNoImageIsNotWaitedFor() throws Exception {
        create(STEP, "", STUDY);
        set(STEP, State.COMPLETED, of("2.25.21"), new Series(List.of(), 1));
        received("2.25.21");
        assertThat(wholeBy()).contains("PERFORMED_STEP");
    }

    @Test
    void aStepOfSeveralStudiesIsCompleteWithTheImagesOfAll() throws Exception {
        create(STEP, "", STUDY, "2.25.2");
        set(STEP, State.COMPLETED, of("2.25.21", "2.25.31"));
        received("2.25.21");
        assertThat(wholeBy()).isEmpty();
        database.execute("insert into study (id, study_instance_uid, revision, state, first_received_at,"
                + " last_received_at) overriding system value values (2, '2.25.2', 1, 'RECEIVING', now(), now())");
        received("2.25.31");
        database.execute("update instance set study_id = 2 where sop_instance_uid = '2.25.31'");
        assertThat(wholeBy()).contains("PERFORMED_STEP");
    }

    @Test
    void aStudyWithoutStepsIsAsBefore() throws Exception {
        create(STEP, "", "2.25.2");
        received("2.25.21");
        assertThat(wholeBy()).isEmpty();
        database.execute("insert into announced_instance values ('" + STUDY + "', '2.25.21', 'PACS', now())");
        assertThat(wholeBy()).contains("ANNOUNCEMENT");
    }

    @Test
    void aStepOfAnotherPatientIsRefusedAndOfOneWhoTurnsOutToBeAnotherEndsNoWait() throws Exception {
        create(STEP, "4711", STUDY);
        set(STEP, State.COMPLETED, of("2.25.21"));
        received("2.25.21");
        patient("4712");
        assertThat(wholeBy()).isEmpty();
        OperationStatus refused = create(OTHER_STEP, "4711", STUDY);
        assertThat(refused.code()).isEqualTo(0x0106);
        assertThat(refused.attribute()).isEqualTo(Tag.PatientID);
        assertThat(refused.comment()).doesNotContain("4711").doesNotContain("4712");
        assertThat(create(OTHER_STEP, "4712", STUDY)).isEqualTo(OperationStatus.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4711", "P\u00fc", "Pu\u0308", ""})
    void aStepOfThePatientEndsTheWait(String patientId) throws Exception {
        patient(patientId.startsWith("P") ? "P\u00fc" : "4711");
        create(STEP, patientId, STUDY);
        set(STEP, State.COMPLETED, of("2.25.21"));
        received("2.25.21");
        assertThat(wholeBy()).contains("PERFORMED_STEP");
        assertThat(database.query("select patient from performed_step").toString())
                .doesNotContain("4711");
    }

    /** Digests without a salt are found by trying the few Patient IDs that there are. */
    @Test
    void whatIsKeptOfAPatientIdIsNotFoundByGuessing() throws Exception {
        create(STEP, "4711", STUDY);
        List<String> first = database.query("select patient from performed_step");
        database.execute("delete from performed_step");
        assertThat(database.query("select salt from performed_step_salt")).isEmpty();
        create(STEP, "4711", STUDY);
        assertThat(database.query("select patient from performed_step")).doesNotContainAnyElementsOf(first);
        assertThat(database.query("select * from performed_step"))
                .doesNotContainAnyElementsOf(database.query("select encode(salt, 'hex') from performed_step_salt"));
    }

    /** Which had the Patient ID without a salt. */
    @Test
    void stepsOfSchema40AreHeldAgainstTheirPatientStill() throws Exception {
        TestDatabase earlier = TestDatabase.ofSchema("40");
        try (Connection owner = earlier.connect(DatabaseRole.OWNER)) {
            owner.createStatement()
                    .execute("insert into performed_step (sop_instance_uid, calling_ae_title, state,"
                            + " study_instance_uids, patient, changed_at) values ('" + STEP + "', 'MODALITY',"
                            + " 'COMPLETED', '{2.25.1}', '"
                            + Uids.nameBased("patient of performed step", STEP, "4711") + "', now()), ('" + OTHER_STEP
                            + "', 'MODALITY', 'COMPLETED', '{2.25.1}', null, now())");
        }
        try (DeliveryDatabase upgraded = new DeliveryDatabase(earlier.migrate())) {
            StepPatient patient = new StepPatient(
                    HexFormat.of()
                            .parseHex(upgraded.query("select encode(salt, 'hex') from performed_step_salt")
                                    .get(0)),
                    upgraded.query("select patient from performed_step where patient is not null")
                            .get(0));
            assertThat(patient.is(STEP, "4711")).isTrue();
            assertThat(patient.is(STEP, "4712")).isFalse();
            assertThat(upgraded.query("select sop_instance_uid from performed_step_salt"))
                    .containsExactly(STEP);
        }
    }

    private static void patient(String id) throws Exception {
        StudyIdentity identity = new StudyIdentity("p" + id, Map.of(IdentityAttribute.PATIENT_ID, id));
        database.inTransaction(() -> identities.record(List.of(new Statement(STUDY, identity)), Instant.now()));
    }

    @Test
    void aStepIsCreatedOnceAndFinalOnce() throws Exception {
        assertThat(set(STEP, State.COMPLETED)).isEqualTo(OperationStatus.NO_SUCH_SOP_INSTANCE);
        create(STEP, "", STUDY);
        assertThat(create(STEP, "", STUDY)).isEqualTo(OperationStatus.DUPLICATE_SOP_INSTANCE);
        set(STEP, State.COMPLETED, of("2.25.21"));
        assertThat(set(STEP, State.DISCONTINUED)).isEqualTo(OperationStatus.MAY_NO_LONGER_BE_UPDATED);
        assertThat(database.query("select state || images from performed_step")).containsExactly("COMPLETED1");
    }

    @Test
    void thereIsAnEndToWhatIsRememberedAndItIsForgotten() throws Exception {
        database.execute("insert into performed_step (sop_instance_uid, calling_ae_title, state, study_instance_uids,"
                + " images, changed_at) select '2.25.7.' || n, 'MODALITY', 'IN_PROGRESS', '{2.25.3}', 0,"
                + " now() - interval '8 days' from generate_series(1, 50000) n");
        assertThat(create(STEP, "", STUDY).code()).isEqualTo(0x0213);
        completion.forget();
        assertThat(create(STEP, "", STUDY)).isEqualTo(OperationStatus.SUCCESS);
        create(OTHER_STEP, "", STUDY);
        database.execute("update performed_step set images = 19999999 where sop_instance_uid = '" + OTHER_STEP + "'");
        assertThat(set(STEP, null, of("2.25.21"))).isEqualTo(OperationStatus.SUCCESS);
        assertThat(set(STEP, State.COMPLETED, of("2.25.21", "2.25.22")).code()).isEqualTo(0x0213);
        assertThat(set(STEP, State.COMPLETED, of("2.25.22"))).isEqualTo(OperationStatus.SUCCESS);
        assertThat(create("2.25.10", "", STUDY)).isEqualTo(OperationStatus.SUCCESS);
        assertThat(set("2.25.10", State.DISCONTINUED, of("2.25.23"))).isEqualTo(OperationStatus.SUCCESS);
    }

    /** Else they would be under way until they are forgotten, and nothing would end a wait sooner. */
    @Test
    void whereThereIsNoRoomForMoreThoseThatAreThereEnd() throws Exception {
        create(STEP, "", STUDY);
        create(OTHER_STEP, "", STUDY);
        database.execute("insert into performed_step (sop_instance_uid, calling_ae_title, state, study_instance_uids,"
                + " images, changed_at) select '2.25.7.' || n, 'MODALITY', 'COMPLETED', '{2.25.3}', 400, now()"
                + " from generate_series(1, 49998) n");
        assertThat(create("2.25.10", "", STUDY).code()).isEqualTo(0x0213);
        assertThat(set(STEP, State.COMPLETED, of("2.25.21"))).isEqualTo(OperationStatus.SUCCESS);
        assertThat(set(OTHER_STEP, State.DISCONTINUED, of("2.25.22"))).isEqualTo(OperationStatus.SUCCESS);
        received("2.25.21");
        assertThat(wholeBy()).contains("PERFORMED_STEP");
    }

    @Test
    void aStepThatNobodyEndedHoldsNothingBackAfterADay() throws Exception {
        create(STEP, "", STUDY);
        received("2.25.21");
        database.execute("insert into announced_instance values ('" + STUDY + "', '2.25.21', 'PACS', now())");
        database.execute("update performed_step set changed_at = now() - interval '23 hours'");
        assertThat(wholeBy()).isEmpty();
        database.execute("update performed_step set changed_at = now() - interval '25 hours'");
        assertThat(wholeBy()).contains("ANNOUNCEMENT");
        set(STEP, null, of("2.25.22"));
        assertThat(wholeBy()).isEmpty();
    }
}
