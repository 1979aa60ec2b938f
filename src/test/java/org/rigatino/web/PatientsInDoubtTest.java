package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.study.LifeOnRecord;

/** Which studies wait for a person to say whose they are, on a real PostgreSQL. */
class PatientsInDoubtTest {
    @Test
    void whatWasRefusedForItsPatientAndWhatFailedForItOnceRestoredWaits(@TempDir Path folder) throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.with(new ObjectMapper(), Settings.of(IngestConfiguration.class));
            LifeOnRecord.of(database);
            database.bean(ViewRecord.class);
            database.bean(StudyPatients.class);
            database.execute("insert into study (study_instance_uid, revision, state, refusal_rule, failed_stage,"
                    + " failure_cause, patient, superseded_at, first_received_at, last_received_at, ended_at) values"
                    + " ('2.25.1', 1, 'REFUSED', 'patient-identity', null, null, 'mixed', null, now(), now(), now()),"
                    + " ('2.25.2', 1, 'REFUSED', 'modality', null, null, null, null, now(), now(), now()),"
                    + " ('2.25.3', 1, 'FAILED', null, 'deliver', 'patient-identity', 'mixed', null, now(), now(),"
                    + " now() - interval '1 hour'),"
                    + " ('2.25.4', 1, 'FAILED', null, 'deliver', 'no', 'p', null, now(), now(), now()),"
                    + " ('2.25.5', 1, 'REFUSED', 'patient-identity', null, null, 'mixed', now(), now(), now(), now())");
            PatientsInDoubt patients = database.bean(PatientsInDoubt.class);
            assertThat(patients.latest(10))
                    .extracting(PatientsInDoubt.Waiting::studyInstanceUid)
                    .containsExactly("2.25.1", "2.25.3");
            assertThat(patients.count()).isEqualTo(2);
        }
    }
}
