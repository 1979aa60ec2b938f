package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.TestDatabase;

/** Doubts of before had no patient: images of X are Anna's, under A1, and Carl's, under K; those of Y Anna's, spelled in two ways. */
@Slow
class DoubtsBeforeSchema95Test {
    private static final String ROWS =
            "insert into identity_statement (study_instance_uid, recorded_at, patient, patient_name,"
                    + " patient_id, issuer_of_patient_id, patient_birth_date, patient_sex, accession_number, study_date, study_time,"
                    + " study_description, referring_physician, modality, body_part, institution_name, station_name,"
                    + " content_sha256, salt) select study, now(), patient, '', id, '', '', '', '', '', '', '', '', '', '', '', '',"
                    + " patient, '' from (values ('X', 'anna', 'A1'), ('X', 'carl', 'K'), ('Y', 'ANNA', 'A1'), ('Y', 'anna', 'A1'))"
                    + " said (study, patient, id);"
                    + " insert into patient_message (id, received_at, sending_application, sending_facility, control_id, kind,"
                    + " event_at, patient_id, issuer, prior_id, prior_issuer, patient_name, patient_birth_date, patient_sex,"
                    + " content_sha256, salt) overriding system value select id, now(), '', '', '', kind, now(), 'B', 'S', prior,"
                    + " case when prior = '' then '' else 'S' end, '', '', '', id::text, '' from (values (1, 'MERGE', 'A1'),"
                    + " (2, 'MERGE', 'K'), (3, 'UPDATE', '')) message (id, kind, prior);"
                    + " insert into patient_doubt (study_instance_uid, message, why) select study, message, 'ANOTHER_PERSON'"
                    + " from (values ('X', 1), ('X', 2), ('X', 3), ('X', 4), ('Y', 1), ('Y', 2), ('gone', 1)) doubted (study, message)";

    @Test
    void eachIsOfThePatientsWhoseIdItsMessageMergesAndElseOfAll() throws Exception {
        TestDatabase earlier = TestDatabase.ofSchema("92");
        try (Connection owner = earlier.connect(DatabaseRole.OWNER)) {
            owner.createStatement().execute(ROWS);
        }
        try (DeliveryDatabase upgraded = new DeliveryDatabase(earlier.migrate())) {
            assertThat(
                            upgraded.query(
                                    "select concat_ws(' ', study_instance_uid, message, patient) from patient_doubt order by 1"))
                    .containsExactlyInAnyOrder(
                            "X 1 anna",
                            "X 2 carl",
                            "X 3 anna",
                            "X 3 carl",
                            "X 4 anna",
                            "X 4 carl",
                            "Y 1 ANNA",
                            "Y 1 anna",
                            "Y 2 ANNA",
                            "Y 2 anna",
                            "gone 1 ");
        }
    }
}
