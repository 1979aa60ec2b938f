package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.patient.StudyIdentity;

/** Which studies are of one patient, by headers as they are received, on a real PostgreSQL. */
class EarlierOfPatientTest {
    private static final String STUDY = "2.25.1";
    private static final String OTHER = "2.25.2";

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static IdentityRows rows;
    private static EarlierOfPatient earlier;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        rows = database.bean(IdentityRows.class);
        earlier = database.bean(EarlierOfPatient.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("delete from identity_statement; delete from study_identity; delete from study_patient;"
                + " delete from instance; delete from study");
    }

    /** A header as a sender wrote it: with whatever padding and characters. */
    private static Dataset header(String id, String issuer, String name, String born, String sex, String day) {
        Dataset header = new Dataset()
                .put(Tag.SpecificCharacterSet, "ISO_IR 192")
                .put(Tag.PatientID, text(id))
                .put(Tag.PatientName, text(name))
                .put(Tag.PatientBirthDate, text(born))
                .put(Tag.PatientSex, text(sex))
                .put(Tag.StudyDate, text(day));
        return issuer == null ? header : header.put(Tag.IssuerOfPatientID, text(issuer));
    }

    private static String text(String value) {
        return value == null ? "" : value.replace('_', ' ');
    }

    private static void receive(String study, Dataset header) throws Exception {
        StudyIdentity identity = StudyIdentity.of(study, header).orElseThrow();
        database.inTransaction(() -> rows.record(List.of(new Statement(study, identity)), Instant.now()));
        database.execute("insert into study (study_instance_uid, revision, state, images_seen, images_restored,"
                + " first_received_at, last_received_at, announced) select '" + study
                + "', 1, 'CONFIRMED', 1, 1, now(),"
                + " now(), 'CONFIRMED' where not exists (select from study where study_instance_uid = '" + study
                + "'); insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome) select id, '"
                + study + ".1', '1', '1', '1', 'CT1', 'gone', 'a', 1, now(), 'RESTORED' from study where"
                + " study_instance_uid = '" + study + "' on conflict do nothing");
    }

    private static EarlierOfPatient.Found found() {
        return earlier.find(STUDY, 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // ID | issuer | name | born | sex | ID | issuer | name | born | sex | of one patient | told as
                // uncertain
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 4711 | ST-ANNA | DOE^JANE | 19700101 | F | 1 | 0",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 4711 | ST-BEA | DOE^JANE | 19700101 | F | 0 | 1",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 4711 |  | DOE^JANE | 19700101 | F | 0 | 1",
                "4711 |  | DOE^JANE | 19700101 | F | 4711 | ST-ANNA | DOE^JANE | 19700101 | F | 0 | 1",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 4711 | st-anna | DOE^JANE | 19700101 | F | 0 | 1",
                "4711 | __ | DOE^JANE | 19700101 | F | 4711 |  | DOE^JANE | 19700101 | F | 1 | 0",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | __4711_ | _ST-ANNA__ | DOE^JANE^^ | 19700101 | F | 1 | 0",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 47_11 | ST-ANNA | DOE^JANE | 19700101 | F | 0 | 0",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 04711 | ST-ANNA | DOE^JANE | 19700101 | F | 0 | 0",
                "a7 | ST-ANNA | DOE^JANE | 19700101 | F | A7 | ST-ANNA | DOE^JANE | 19700101 | F | 0 | 0",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 4711 | ST-ANNA | ROE^RICHARD | 19700101 | F | 0 | 1",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 4711 | ST-ANNA | DOE^JANE | 19710101 | F | 0 | 1",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 4711 | ST-ANNA | DOE^JANE | 19700101 | M | 0 | 1",
                "4711 | ST-ANNA | DOE^JANE | 19700101 | F | 4711 | ST-ANNA | DOE^JANE |  |  | 0 | 1",
                "4711 | ST-ANNA | DOE^JANE | 19700101 |  | 4711 | ST-ANNA | DOE^JANE | 19700101 | M | 1 | 0",
                "4711 | ST-ANNA | DOE^JANE | 1970.01.01 | F | 4711 | ST-ANNA | DOE^JANE | 19700101 | F | 1 | 0",
                "4711 |  | DOE^JANE | 19700101 | F | 4711 |  | DOE^JANE | 19700101 |  | 1 | 0",
                "4711 |  | DOE^JANE | 19700101 | F | 4711 |  | DOE^JANE |  | F | 0 | 1",
                "4711 |  |  | 19700101 | F | 4711 |  |  | 19700101 | F | 0 | 1",
                "4711 |  | DOE^JANE | 19700101 | F | 4711 |  | Doe^Jane | 19700101 | F | 0 | 1",
                "  | ST-ANNA | DOE^JANE | 19700101 | F |  | ST-ANNA | DOE^JANE | 19700101 | F | 0 | 0",
                "Müller1 | ST-ANNA | MÜLLER^EVA | 19700101 | F | Müller1 | ST-ANNA | MÜLLER^EVA | 19700101 | F | 1 | 0",
                "0 | ST-ANNA | DOE^JANE | 19700101 | F | 0 | ST-ANNA | DOE^JANE | 19700101 | F | 0 | 1",
                "0000 | ST-ANNA | DOE^JANE | 19700101 | F | 0000 | ST-ANNA | DOE^JANE | 19700101 | F | 0 | 1",
                "anon | ST-ANNA | DOE^JANE | 19700101 | F | anon | ST-ANNA | DOE^JANE | 19700101 | F | 0 | 1",
                "77 | ST-ANNA | Unknown^Unknown | 19700101 | F | 77 | ST-ANNA | Unknown^Unknown | 19700101 | F | 0 | 1",
                "77 | ST-ANNA | DOE^JANE | 19000101 | F | 77 | ST-ANNA | DOE^JANE | 19000101 | F | 0 | 1"
            })
    void idAndIssuerMakeOnePatientUnlessAnotherValueContradicts(
            String id,
            String issuer,
            String name,
            String born,
            String sex,
            String otherId,
            String otherIssuer,
            String otherName,
            String otherBorn,
            String otherSex,
            int same,
            int uncertain)
            throws Exception {
        receive(STUDY, header(id, issuer, name, born, sex, "20261120"));
        receive(OTHER, header(otherId, otherIssuer, otherName, otherBorn, otherSex, "20261020"));
        EarlierOfPatient.Found found = found();
        assertThat(found.studies()).hasSize(same);
        assertThat(found.all()).isEqualTo(same);
        assertThat(found.uncertain()).isEqualTo(uncertain);
        assertThat(earlier.find(OTHER, 20).studies()).isEmpty();
        assertThat(earlier.find(OTHER, 20).later()).isEqualTo(same);
    }

    /** Two IDs of which a byte is no text read alike, and may differ. */
    @Test
    void anIdThatCannotBeReadIsNobodys() throws Exception {
        byte[] bytes = header("47X11", "ST-ANNA", "DOE^JANE", "19700101", "F", "20261120")
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "2.25.9")
                .encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST");
        for (int i = 0; i < bytes.length - 2; i++) {
            if (bytes[i] == '7' && bytes[i + 1] == 'X') {
                bytes[i + 1] = (byte) 0xFF;
            }
        }
        Path file = folder.resolve("unreadable.dcm");
        Files.write(file, bytes);
        receive(STUDY, Dataset.readUntil(file, Tag.Rows));
        receive(OTHER, Dataset.readUntil(file, Tag.Rows));
        assertThat(database.query("select patient_id from study_identity")).allMatch(id -> id.contains("\uFFFD"));
        assertThat(found().studies()).isEmpty();
        assertThat(found().uncertain()).isOne();
    }

    @Test
    void theLatestAreNamedFirstAndAllAreCounted() throws Exception {
        receive(STUDY, header("4711", "A", "DOE^JANE", "19700101", "", "20261120"));
        for (int day = 1; day <= 9; day++) {
            receive("2.25.10" + day, header("4711", "A", "DOE^JANE", "19700101", "", "2026110" + day));
        }
        receive("2.25.3", header("4711", "A", "DOE^JANE", "19700101", "", "20261121"));
        receive("2.25.4", header("4711", "A", "DOE^JANE", "19700101", "", "yesterday"));
        receive("2.25.5", header("4711", "A", "DOE^JANE", "19700101", "", "20261120"));
        database.execute("update study set images_restored = 0 where study_instance_uid = '2.25.109'");
        receive("2.25.6", header("4711", "A", "DOE^JANE", "19700101", "", "20261111"));
        database.execute("update instance set outcome = 'SET_ASIDE' where sop_instance_uid = '2.25.6.1'");
        EarlierOfPatient.Found found = earlier.find(STUDY, 3);
        assertThat(found.studies()).containsExactly("2.25.5", "2.25.108", "2.25.107");
        assertThat(found).isEqualTo(new EarlierOfPatient.Found(found.studies(), 9, 1, 1, 0, null));
    }

    /** What is shown is what is recorded now. */
    @Test
    void aCorrectionAPersonsWordAndTheEndOfRetentionChangeWhoseItIs() throws Exception {
        receive(STUDY, header("4711", "A", "DOE^JANE", "19700101", "", "20261120"));
        receive(OTHER, header("4711", "A", "DOE^JANE", "", "", "20261020"));
        assertThat(found().studies()).as("no birth date").isEmpty();
        assertThat(found().uncertain()).isOne();
        receive(OTHER, header("4711", "A", "DOE^JANE", "19700101", "", "20261020"));
        assertThat(found().studies()).containsExactly(OTHER);
        receive(OTHER, header("4712", "A", "DOE^JANE", "19700101", "", "20261020"));
        assertThat(found().uncertain()).as("in doubt").isZero();
        String right = database.query("select patient from identity_statement where study_instance_uid = '" + OTHER
                        + "' order by id offset 1 limit 1")
                .get(0);
        database.execute("insert into study_patient values ('" + OTHER + "', '" + right + "', 'anna', now())");
        database.inTransaction(() -> {
            rows.decided(OTHER, Instant.now());
            return null;
        });
        assertThat(found().studies()).containsExactly(OTHER);
        database.inTransaction(() -> rows.delete(OTHER, Instant.now()));
        assertThat(found()).isEqualTo(new EarlierOfPatient.Found(List.of(), 0, 0, 0, 0, null));
        assertThat(earlier.find(OTHER, 20).untold()).isEqualTo(Untold.DELETED);
    }

    /** One reused ID: what the study itself leaves open joins no two patients. */
    @Test
    void whereStudiesContradictEachOtherNoneIsShown() throws Exception {
        receive(STUDY, header("4711", "A", "", "", "", "20261120"));
        receive("2.25.3", header("4711", "A", "MEIER^EVA", "19500101", "F", "20261020"));
        receive("2.25.4", header("4711", "A", "SCHULZ^UWE", "19820101", "M", "20261021"));
        assertThat(found())
                .isEqualTo(new EarlierOfPatient.Found(List.of(), 0, 0, 0, 2, Untold.NAME_OR_BIRTH_DATE_UNKNOWN));
        receive(OTHER, header("4712", "A", "DOE^KIM", "19700101", "", "20261120"));
        receive("2.25.5", header("4712", "A", "DOE^KIM", "19700101", "F", "20261020"));
        assertThat(earlier.find(OTHER, 20).studies()).containsExactly("2.25.5");
        receive("2.25.6", header("4712", "A", "DOE^KIM", "19700101", "M", "20261121"));
        assertThat(earlier.find(OTHER, 20))
                .as("a later one contradicts an earlier one")
                .isEqualTo(new EarlierOfPatient.Found(List.of(), 0, 0, 0, 2, Untold.CONTRADICTING));
    }

    @Test
    void anIdOfMoreStudiesThanAPatientHasIsNobodys() throws Exception {
        receive(STUDY, header("4711", "A", "DOE^JANE", "19700101", "F", "20261120"));
        receive(OTHER, header("4711", "A", "DOE^JANE", "19700101", "F", "20261020"));
        database.execute("insert into study_identity (study_instance_uid, state, changed_at, patient_id, words) select"
                + " '2.26.' || n, 'RECORDED', now(), '4711', '' from generate_series(1, 198) n");
        assertThat(found().studies()).containsExactly(OTHER);
        database.execute("insert into study_identity (study_instance_uid, state, changed_at, patient_id, words) values"
                + " ('2.26.199', 'RECORDED', now(), '4711', '')");
        assertThat(found()).isEqualTo(new EarlierOfPatient.Found(List.of(), 0, 0, 0, 1, Untold.TOO_MANY));
    }

    @Test
    void whyItCannotBeToldIsSaid() throws Exception {
        assertThat(found().untold()).isEqualTo(Untold.NOT_RECORDED);
        receive(STUDY, header("", "A", "DOE^JANE", "19700101", "F", "20261120"));
        assertThat(found().untold()).isEqualTo(Untold.NO_ID);
        receive(OTHER, header("1", "A", "DOE^JANE", "19700101", "F", "20261120"));
        assertThat(earlier.find(OTHER, 20).untold()).isNull();
        receive(OTHER, header("2", "A", "DOE^JANE", "19700101", "F", "20261120"));
        assertThat(earlier.find(OTHER, 20).untold()).isEqualTo(Untold.IN_DOUBT);
    }

    @Test
    void theyAreFoundByAnIndex() throws Exception {
        database.execute(
                "insert into study_identity (study_instance_uid, state, changed_at, patient_id, study_day, words)"
                        + " select '2.26.' || n, 'RECORDED', now(), 'id ' || n, date '2026-01-01', '' from"
                        + " generate_series(1, 20000) n; analyze study_identity");
        assertThat(String.join(
                        "\n",
                        database.query("explain select * from study_identity where state = 'RECORDED'"
                                + " and patient_id <> '' and patient_id = 'id 7' and issuer_of_patient_id = ''")))
                .contains("study_identity_patient");
    }
}
