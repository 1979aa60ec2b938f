package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.deliver.DeliveryDatabase;

/** What REST and pages say of a revision, on a real PostgreSQL. */
class StudyQueriesTest {
    private static final String STUDY = "2.25.1";

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static StudyQueries queries;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase(folder);
        queries = database.bean(StudyQueries.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** One image that is not flagged, of a destination that takes key objects alone. */
    @BeforeEach
    void confirmed() throws Exception {
        database.execute(
                "delete from delivery; delete from output; delete from finding; delete from instance;"
                        + " delete from study;"
                        + " insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at,"
                        + " ended_at, images_seen, images_restored) overriding system value"
                        + " values (1, '2.25.1', 1, 'CONFIRMED', now(), now(), now(), 1, 1);"
                        + " insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                        + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome)"
                        + " overriding system value values (1, 1, '2.25.71', '1.2.840.10008.5.1.4.1.1.4', '2.25.3',"
                        + " '1.2.840.10008.1.2.1', 'MR', 'SCANNER', '1.dcm', repeat('a', 64), 1, now(), 'RESTORED');"
                        + " insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest, score,"
                        + " percentile, flagged, configuration_digest, created_at) values (1, 1, 1, 'brain', '1', repeat('a', 64), 0.1, 50, false, repeat('b', 64), now())");
    }

    private static String said() {
        assertThat(queries.revisions(STUDY, 0, 10).get(0).study())
                .isEqualTo(queries.of(STUDY).get(0))
                .isEqualTo(queries.list(Set.of(), 0, 10).get(0));
        return queries.of(STUDY).get(0).nothingDelivered();
    }

    @Test
    void aStudyWithoutFlaggedImagesForWhoTakesNoOthersIsNotSaidToBeProved() {
        assertThat(said()).isEqualTo("no image is flagged, and the destinations take flagged ones only");
        assertThat(queries.of(STUDY).get(0).unflagged()).isTrue();
    }

    @Test
    void anotherReasonThanThatIsAnotherWord() throws Exception {
        database.execute("update finding set flagged = true");
        assertThat(said()).isEqualTo("of these images nothing was made that the destinations take");
    }

    @Test
    void whatWasDeliveredOrHasNotEndedNeedsNoReason() throws Exception {
        database.execute("update study set state = 'DELIVERING', ended_at = null");
        assertThat(said()).isNull();
        database.execute("update study set state = 'CONFIRMED', ended_at = now();"
                + " insert into output (id, study_id, finding_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid, location,"
                + " sha256, bytes, created_at) values (1, 1, 1, 'SECONDARY_CAPTURE', '2.25.101', '1.2.840.10008.5.1.4.1.1.7',"
                + " '2.25.9', '1.dcm', repeat('a', 64), 1, now());"
                + " insert into delivery (id, output_id, study_id, destination, state, next_attempt_at)"
                + " values (1, 1, 1, 'pacs', 'CONFIRMED', now())");
        assertThat(said()).isNull();

        database.execute("update output set kind = 'ASSESSMENT'");
        assertThat(said()).as("an answer arrived, and no result").startsWith("no image is flagged");
        database.execute("update output set kind = 'SECONDARY_CAPTURE'");

        database.execute(
                "insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest, score,"
                        + " percentile, flagged, configuration_digest, created_at) values (2, 1, 1, 'brain', '2', repeat('c', 64),"
                        + " 0.1, 50, false, repeat('b', 64), now() + interval '1 second')");
        assertThat(said()).as("what was delivered was withdrawn").startsWith("no image is flagged");
    }
}
