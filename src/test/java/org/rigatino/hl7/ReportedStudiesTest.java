package org.rigatino.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.patient.PatientValues;
import org.rigatino.worker.MrStudy;

/** Whom a message is about, by a real record and real files. */
class ReportedStudiesTest {
    @TempDir
    Path folder;

    private final SourceFields fields = new SourceFields();
    private Path store;

    @BeforeEach
    void makeStore() throws Exception {
        store = Files.createDirectory(folder.resolve("store"));
    }

    /** Its instances are the later revision's since; the receiver has its results under the patient of then. */
    @Test
    void aWithdrawnRevisionIsOfThePatientWhoWasNamedThenAlsoWhereARunHadMovedItsInstancesOn() throws Exception {
        new MrStudy(store, "one").sliceOfAnotherPatient();
        try (DeliveryDatabase database = record(store)) {
            for (int revision = 1; revision <= 3; revision++) {
                database.execute("insert into study (id, study_instance_uid, revision, state, refusal_rule, patient,"
                        + " superseded_by, first_received_at, last_received_at, restored_at, superseded_at) overriding"
                        + " system value values (" + revision + ", '2.25.1', " + revision
                        + ", 'REFUSED', 'patient-identity', '" + patient(store.resolve("one-0.dcm")) + "', "
                        + (revision == 3 ? "null" : revision + 1) + ", now(), now(), now(), now())");
            }
            database.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome,"
                    + " outcome_reason) values (3, '2.25.7', '1.2', '2.25.3', '1.2', 'CT', 'one-0.dcm', repeat('0', 64), 9,"
                    + " now(), 'SET_ASIDE', 'another-patient')");
            for (int revision = 1; revision <= 3; revision++) {
                assertThat(find(database, revision).header())
                        .as("revision " + revision)
                        .hasValueSatisfying(header ->
                                assertThat(header.string(Tag.PatientID)).contains("ANOTHER"))
                        .hasValueSatisfying(header -> assertThat(header.contains(Tag.Modality))
                                .as("what no message tells")
                                .isFalse());
            }
        }
    }

    private static DeliveryDatabase record(Path store) throws Exception {
        return new DeliveryDatabase()
                .with(Settings.of(IngestConfiguration.class, Map.of("rigatino.ingest.store", store.toString())));
    }

    private ReportedStudy find(DeliveryDatabase database, int revision) throws Exception {
        ReportedStudies studies = database.bean(ReportedStudies.class);
        return database.inTransaction(() -> studies.find("2.25.1", revision, fields));
    }

    private static String patient(Path file) throws Exception {
        return PatientValues.read(file).orElseThrow().name("2.25.1");
    }

    /** A study of these files, of a series each, that was found to be of the patient of one of them. */
    private static DeliveryDatabase judged(Path store, String patient, String... files) throws Exception {
        DeliveryDatabase database = record(store);
        database.execute("insert into study (id, study_instance_uid, revision, state, patient, first_received_at,"
                + " last_received_at) overriding system value values (1, '2.25.1', 1, 'CONFIRMED', '" + patient
                + "', now(), now())");
        for (String file : files) {
            database.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome) values (1,"
                    + " '" + file + "', '1.2', '" + file + "', '1.2', 'CT', '" + file + "', repeat('0', 64), 9, now(),"
                    + " 'RESTORED')");
        }
        return database;
    }

    private static Dataset anna() {
        return new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "2.25.9")
                .put(Tag.StudyInstanceUID, "2.25.1")
                .put(Tag.AccessionNumber, "A-1")
                .put(Tag.PatientName, "Anna")
                .put(Tag.PatientID, "A")
                .put(Tag.PatientSex, "F");
    }

    private Path write(String name, Dataset header) throws Exception {
        return Files.write(store.resolve(name), header.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    /** The check of the patient took nothing from it either, and it has failed by itself. */
    @Test
    void anImageWhosePatientCannotBeReadNamesNobody() throws Exception {
        Path twice = write("twice", anna().put(Tag.PatientID, "B").put(Tag.PatientName, "Bert"));
        String text = Files.readString(twice, StandardCharsets.ISO_8859_1);
        String sex = "\u0010\0\u0040\0CS\u0002\0F ";
        Files.writeString(twice, text.replace(sex, sex + sex.replace('F', 'M')), StandardCharsets.ISO_8859_1);
        try (DeliveryDatabase database = judged(store, patient(write("anna", anna())), "twice", "anna")) {
            assertThat(find(database, 1).header()).hasValueSatisfying(header -> assertThat(header.string(Tag.PatientID))
                    .contains("A"));
        }
    }

    @Test
    void whatOneImageLeavesOpenAnotherOfThePatientSays() throws Exception {
        write("open", anna().putEmpty(Tag.AccessionNumber, Tag.PatientName).put(Tag.StudyDate, "20260102"));
        write("other", anna().put(Tag.PatientID, "B").put(Tag.AccessionNumber, "B-1"));
        String patient = patient(write("anna", anna().put(Tag.StudyDate, "20250101")));
        try (DeliveryDatabase database = judged(store, patient, "open", "other", "anna")) {
            Dataset header = find(database, 1).header().orElseThrow();
            assertThat(header.string(Tag.PatientName)).contains("Anna");
            assertThat(header.string(Tag.AccessionNumber)).contains("A-1");
        }
    }

    /** No image says all that was found out together. */
    @Test
    void aHeaderIsMadeOfImagesThatTogetherSayWhoThePatientIs() throws Exception {
        write("nameless", anna().putEmpty(Tag.PatientName));
        write("sexless", anna().putEmpty(Tag.PatientSex));
        String patient = PatientValues.of(anna()).name("2.25.1");
        try (DeliveryDatabase database = judged(store, patient, "nameless", "sexless")) {
            Dataset header = find(database, 1).header().orElseThrow();
            assertThat(header.string(Tag.PatientName)).contains("Anna");
            assertThat(header.string(Tag.PatientSex)).contains("F");
        }
    }

    @Test
    void aFileThatIsGoneKeepsNothingOfAnotherBack() throws Exception {
        try (DeliveryDatabase database = judged(store, patient(write("anna", anna())), "gone", "anna")) {
            assertThat(find(database, 1).header()).hasValueSatisfying(header -> assertThat(header.string(Tag.PatientID))
                    .contains("A"));
            assertThat(fields.told()).isEmpty();
        }
    }

    @Test
    void whereNoFileIsLeftThereIsNoPatientAndThatIsTold() throws Exception {
        String patient = patient(write("anna", anna()));
        try (DeliveryDatabase database = judged(store, patient, "gone", "too")) {
            assertThat(find(database, 1).header()).isEmpty();
            assertThat(fields.told()).startsWith("; without PID: ").contains(", 2 that");
        }
    }

    /** It may be one of another patient. */
    @Test
    void whereAFileIsGoneOfAStudyThatNobodyHasJudgedThereIsNoPatient() throws Exception {
        write("anna", anna());
        try (DeliveryDatabase database = judged(store, "", "gone", "anna")) {
            database.execute("update study set patient = null");
            assertThat(find(database, 1).header()).isEmpty();
            assertThat(fields.told()).contains(", 1 that");
        }
    }

    @Test
    void aStoreThatIsNotThereSaysNothingOfItsFiles() throws Exception {
        Files.createDirectory(store.resolve("incoming"));
        try (DeliveryDatabase database = judged(store, "somebody", "anna")) {
            assertThatThrownBy(() -> find(database, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is it mounted?");
        }
    }

    /** A folder in its place can be opened and not be read, as a file whose file system gives it the next moment again. */
    @Test
    void aFileThatIsThereAndIsNotGivenIsWaitedFor() throws Exception {
        Files.createDirectory(store.resolve("anna"));
        try (DeliveryDatabase database = judged(store, "somebody", "anna")) {
            assertThatThrownBy(() -> find(database, 1)).isInstanceOf(IOException.class);
        }
    }

    /** Neither one behind it, for what it leaves open, nor one before it. */
    @Test
    void aFileThatIsNotGivenKeepsNothingOfAnotherBack() throws Exception {
        Files.createDirectory(store.resolve("closed"));
        String patient = patient(write("anna", anna().putEmpty(Tag.AccessionNumber)));
        for (String[] files : new String[][] {{"anna", "closed"}, {"closed", "anna"}}) {
            try (DeliveryDatabase database = judged(store, patient, files)) {
                assertThat(find(database, 1).header())
                        .hasValueSatisfying(header ->
                                assertThat(header.string(Tag.PatientID)).contains("A"));
            }
        }
    }

    /** Percentiles of two releases: what its release flags ranks before what another's finds rarer and does not flag. */
    @Test
    void theImageThatIsToldIsTheOneThatTheStudysPercentileIsOf() throws Exception {
        try (DeliveryDatabase database = record(store)) {
            database.execute(
                    "insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at,"
                            + " instances_deleted_at) overriding system value values (1, '2.25.1', 1, 'DELIVERING', now(), now(), now());"
                            + " insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                            + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                            + " overriding system value select n, 1, '2.25.7' || n, '1.2', '2.25.3', '1.2', 'CT',"
                            + " n || '.dcm', repeat('0', 64), 9, now(), 'RESTORED' from generate_series(1, 2) n;"
                            + " insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                            + " score, percentile, flagged, configuration_digest, created_at) values"
                            + " (1, 1, 1, 'rare', '1', repeat('a', 64), 9, 96.5, false, repeat('c', 64), now()),"
                            + " (2, 2, 1, 'flagging', '1', repeat('b', 64), 3, 95.5, true, repeat('c', 64), now())");
            assertThat(find(database, 1).highest())
                    .hasValueSatisfying(highest -> assertThat(highest.modelName).isEqualTo("flagging"));
        }
    }
}
