package org.rigatino.workitem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.workitem.PerformerOnRecord.IMAGE;
import static org.rigatino.workitem.PerformerOnRecord.STUDY;
import static org.rigatino.workitem.PerformerOnRecord.UID;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the patient of a workitem is that of its input. */
class WorkitemPatientTest {
    private static PerformerOnRecord site;

    @BeforeAll
    static void startDatabase() throws Exception {
        site = new PerformerOnRecord();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        site.close();
    }

    @BeforeEach
    void empty() throws Exception {
        site.empty();
        site.confirmed();
    }

    private static void says(String patient, String id, String issuer) throws Exception {
        site.database.execute(
                "insert into identity_statement (study_instance_uid, recorded_at, patient, patient_name, patient_id,"
                        + " issuer_of_patient_id, patient_birth_date, patient_sex, accession_number, study_date, study_time,"
                        + " study_description, referring_physician, modality, body_part, institution_name, station_name,"
                        + " content_sha256, salt) values ('" + STUDY + "', now(), '" + patient + "', '', '" + id
                        + "', '"
                        + issuer + "', '', '', '', '', '', '', '', '', '', '', '',"
                        + " encode(sha256(convert_to('" + patient + "', 'UTF8')), 'hex'), 's')");
    }

    private static void isRight(String patient) throws Exception {
        site.database.execute(
                "insert into study_patient (study_instance_uid, patient, decided_by, decided_at) values ('" + STUDY
                        + "', '" + patient + "', 'somebody', now())");
    }

    /** What the workitem comes to that names this patient; "-" for none. */
    private static String cameTo(String id, String issuer) throws Exception {
        try (UpsService service = new UpsService(0)) {
            var workitem = service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
            if (!id.equals("-")) {
                workitem.putObject("00100020").put("vr", "LO").putArray("Value").add(id);
            }
            if (!issuer.equals("-")) {
                workitem.putObject("00100021").put("vr", "LO").putArray("Value").add(issuer);
            }
            TaskPerformer performer = site.performer(service, Optional.empty());
            performer.pass();
            performer.pass();
            assertThat(site.row("coalesce(cancel_reason, '')"))
                    .doesNotContain("4711")
                    .doesNotContain("RIS");
            return service.state(UID);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4711, -, RIS, COMPLETED",
        "4711, RIS, RIS, COMPLETED",
        "'4711 ', ' RIS', RIS, COMPLETED",
        "4711, RIS, '', COMPLETED",
        "4711, RIS2, RIS, CANCELED",
        "4711, ris, RIS, CANCELED",
        "4712, RIS, RIS, CANCELED",
        "-, RIS2, RIS, COMPLETED",
        "-, -, RIS, COMPLETED"
    })
    void theIssuerCountsWhereBothNameOne(String id, String issuer, String issuerOfInstances, String state)
            throws Exception {
        says("p", "4711", issuerOfInstances);
        assertThat(cameTo(id, issuer)).isEqualTo(state);
    }

    @Test
    void anIdOfWhichCharactersAreUnknownIsNotTheSame() throws Exception {
        says("p", "47\uFFFD1", "");
        assertThat(cameTo("47\uFFFD1", "-")).isEqualTo("CANCELED");
    }

    @ParameterizedTest
    @CsvSource({
        "right, 4711, -, COMPLETED",
        "right, 4712, -, CANCELED",
        "right, 4711, RIS2, CANCELED",
        "wrong, 4711, -, CANCELED",
        "wrong, 4712, RIS2, COMPLETED",
        "nobody, 4711, -, CANCELED",
        "'', 4711, -, CANCELED"
    })
    void whatAPersonHasRuledOutDoesNotCount(String decided, String id, String issuer, String state) throws Exception {
        says("right", "4711", "RIS");
        says("wrong", "4712", "RIS2");
        if (!decided.isEmpty()) {
            isRight(decided);
        }
        assertThat(cameTo(id, issuer)).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"another-patient, COMPLETED", "other-content, CANCELED", "patient-identity, CANCELED"})
    void aVersionThatAPersonHasRuledOutIsNothingToTheOneThatStands(String reason, String state) throws Exception {
        site.database.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome,"
                + " outcome_reason) select study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, modality, calling_ae_title, '2.dcm', repeat('c', 64), bytes, received_at,"
                + " 'SET_ASIDE', '" + reason + "' from instance");
        assertThat(cameTo("-", "-")).isEqualTo(state);
    }
}
