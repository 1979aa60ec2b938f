package org.rigatino.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Tag;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.worker.MrStudy;

/** Whom a message is about, by a real record and real files. */
class ReportedStudiesTest {
    @TempDir
    static Path folder;

    /** Its instances are the later revision's since; the receiver has its results under the patient of then. */
    @Test
    void aWithdrawnRevisionIsOfThePatientWhoWasNamedThenAlsoWhereARunHadMovedItsInstancesOn() throws Exception {
        Path store = Files.createDirectory(folder.resolve("store"));
        new MrStudy(store, "one").sliceOfAnotherPatient();
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.with(Settings.of(IngestConfiguration.class, Map.of("rigatino.ingest.store", store.toString())));
            for (int revision = 1; revision <= 3; revision++) {
                database.execute("insert into study (id, study_instance_uid, revision, state, refusal_rule, patient,"
                        + " superseded_by, first_received_at, last_received_at, restored_at, superseded_at) overriding"
                        + " system value values (" + revision + ", '2.25.1', " + revision
                        + ", 'REFUSED', 'patient-identity', 'other', " + (revision == 3 ? "null" : revision + 1)
                        + ", now(), now(), now(), now())");
            }
            database.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome,"
                    + " outcome_reason) values (3, '2.25.7', '1.2', '2.25.3', '1.2', 'CT', 'one-0.dcm', repeat('0', 64), 9,"
                    + " now(), 'SET_ASIDE', 'another-patient')");
            ReportedStudies studies = database.bean(ReportedStudies.class);
            for (int revision = 1; revision <= 3; revision++) {
                int of = revision;
                assertThat(database.inTransaction(() -> studies.find("2.25.1", of))
                                .header())
                        .as("revision " + revision)
                        .hasValueSatisfying(header ->
                                assertThat(header.string(Tag.PatientID)).contains("ANOTHER"))
                        .hasValueSatisfying(header -> assertThat(header.contains(Tag.Modality))
                                .as("what no message tells")
                                .isFalse());
            }
        }
    }

    /** Percentiles of two releases: what its release flags ranks before what another's finds rarer and does not flag. */
    @Test
    void theImageThatIsToldIsTheOneThatTheStudysPercentileIsOf() throws Exception {
        Path store = Files.createDirectory(folder.resolve("ranked"));
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.with(Settings.of(IngestConfiguration.class, Map.of("rigatino.ingest.store", store.toString())));
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
            ReportedStudies studies = database.bean(ReportedStudies.class);
            assertThat(database.inTransaction(() -> studies.find("2.25.1", 1)).highest())
                    .hasValueSatisfying(highest -> assertThat(highest.modelName).isEqualTo("flagging"));
        }
    }
}
