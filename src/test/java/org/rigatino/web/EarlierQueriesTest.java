package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.identity.EarlierOfPatient;
import org.rigatino.identity.Identities;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.Reader;

/** What is told of a patient's studies, on a real PostgreSQL. */
class EarlierQueriesTest {
    private static final Reader READER = new Reader(IdentityLevel.FULL, new Actor("rosa", "192.0.2.1"));

    /** Frame 2 is judged with other settings in the second study. */
    @Test
    void aVolumeIsToldWhereOneSetOfSettingsStands() throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.with(new ObjectMapper());
            database.bean(AuditTrail.class);
            database.bean(EarlierOfPatient.class);
            database.bean(Identities.class);
            database.bean(ViewRecord.class);
            EarlierQueries earlier = database.bean(EarlierQueries.class);
            for (int study = 1; study <= 3; study++) {
                database.execute(judged(study));
            }
            EarlierStudies told = earlier.of("2.25.3", READER).orElseThrow();
            assertThat(told.earlier())
                    .extracting(EarlierStudies.Restored::studyInstanceUid)
                    .containsExactly("2.25.2", "2.25.1");
            assertThat(volumes(told.earlier().get(0))).containsExactly(null, null);
            assertThat(volumes(told.earlier().get(1))).containsExactly(7.5);
            assertThat(earlier.of("2.25.3", READER, "2.25.1").orElseThrow().earlier())
                    .as("the one that was chosen")
                    .extracting(EarlierStudies.Restored::studyInstanceUid)
                    .containsExactly("2.25.1");
        }
    }

    private static List<Double> volumes(EarlierStudies.Restored study) {
        return study.findings().stream()
                .map(EarlierStudies.OfRelease::millilitres)
                .toList();
    }

    private static String judged(int study) {
        String uid = "2.25." + study;
        return "insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at, ended_at,"
                + " images_seen, images_restored, millilitres, deciding_digest) overriding system value values ("
                + study
                + ", '" + uid + "', 1, 'CONFIRMED', now(), now(), now(), 1, 1, 7.5, repeat('a', 64));"
                + " insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                + " overriding system value values (" + study + ", " + study + ", '" + uid
                + ".1', '1', '1', '1', 'MR', 'CT1', 'gone', repeat('a', 64), 1, now(), 'RESTORED');"
                + " insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest, score,"
                + " percentile, flagged, configuration_digest, created_at) select " + study + " * 10 + n, " + study
                + ", n, 'brain', '1', repeat('a', 64), 0.1, 50, false, 'settings ' || case when " + study
                + " = 2 then n else 1 end, now() from generate_series(1, 2) n;"
                + " insert into study_identity (study_instance_uid, state, changed_at, patient_id, patient_name,"
                + " patient_birth_date, study_date, study_day, words) values ('" + uid
                + "', 'RECORDED', now(), '4711', 'DOE^JANE', '19700101', '2026110" + study + "', '2026-11-0" + study
                + "', '')";
    }
}
