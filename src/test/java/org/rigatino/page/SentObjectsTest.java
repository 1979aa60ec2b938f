package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.page.StudyContents.Sent;
import org.rigatino.persistence.Delivery;

/** Deliveries of a study that was judged again, on a real PostgreSQL. */
class SentObjectsTest {
    /** Findings have gone on with their image to the second revision. */
    @Test
    void deliveriesAreOfARevisionAndARelease() throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.execute("insert into study (id, study_instance_uid, revision, state, first_received_at,"
                    + " last_received_at) overriding system value values (1, '2.25.1', 1, 'CONFIRMED', now(), now()),"
                    + " (2, '2.25.1', 2, 'DELIVERING', now(), now()); insert into instance (id, study_id,"
                    + " sop_instance_uid, sop_class_uid, series_instance_uid, transfer_syntax_uid, calling_ae_title,"
                    + " location, sha256, bytes, received_at, outcome) overriding system value values (1, 2, '2.25.71',"
                    + " '1.2', '2.25.3', '1.2', 'SCANNER', '1.dcm', repeat('a', 64), 1, now(), 'RESTORED')");
            for (int i = 1; i <= 2; i++) {
                database.execute(String.format(
                        "insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                                + " score, percentile, flagged, configuration_digest, created_at) values (%1$d, 1, 1, 'brain',"
                                + " '%1$d', repeat('%1$d', 64), 0.1, 50, false, repeat('b', 64), now())",
                        i));
            }
            object(database, 1, 1, "1", "SECONDARY_CAPTURE", "CONFIRMED");
            object(database, 2, 2, "2", "SECONDARY_CAPTURE", "PENDING");
            object(database, 3, 2, "null", "SEGMENTATION", "PENDING");
            database.execute("insert into output_finding (output_id, finding_id) values (3, 2)");
            SentObjects sent = database.bean(SentObjects.class);
            assertThat(sent.of("2.25.1"))
                    .extracting(Sent::revision, Sent::release, Sent::kind, Sent::state, Sent::count)
                    .extracting(told -> told.toList())
                    .containsExactly(
                            List.of(1, "brain/1", "secondary capture", Delivery.State.CONFIRMED, 1),
                            List.of(2, "brain/2", "secondary capture", Delivery.State.PENDING, 1),
                            List.of(2, "brain/2", "segmentation", Delivery.State.PENDING, 1));
        }
    }

    private static void object(DeliveryDatabase database, int id, int study, String finding, String kind, String state)
            throws Exception {
        database.execute(String.format(
                "insert into output (id, study_id, finding_id, kind, sop_instance_uid, sop_class_uid,"
                        + " series_instance_uid, location, sha256, bytes, created_at) values (%1$d, %2$d, %3$s, '%4$s',"
                        + " '2.25.10%1$d', '1.2', '2.25.9', '%1$d.dcm', repeat('a', 64), 1, now()); insert into delivery (id,"
                        + " output_id, study_id, destination, state, next_attempt_at) values (%1$d, %1$d, %2$d, 'pacs', '%5$s',"
                        + " now())",
                id, study, finding, kind, state));
    }
}
