package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rigatino.deliver.DeliveryDatabase;

class RefusedStudiesTest {
    @Test
    void whatIsListedCanBeJudgedAnew() throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            RefusedStudies refused = database.bean(RefusedStudies.class);
            database.execute(
                    "insert into study (id, study_instance_uid, revision, state, refusal_rule, first_received_at,"
                            + " last_received_at, ended_at) overriding system value select n, '2.25.' || n, 1, 'REFUSED', 'modality',"
                            + " now(), now(), now() + n * interval '1 second' from generate_series(1, 2) n");
            database.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome,"
                    + " outcome_reason, outcome_detail) select n, '2.25.7' || n, '1.2', '2.25.3', '1.2', 'CT', 'SCANNER',"
                    + " n || '.dcm', lpad('' || n, 64, '0'), 9, now(), 'REFUSED', 'modality', 'modality CT'"
                    + " from generate_series(1, 2) n");
            assertThat(refused.page(0).studies())
                    .extracting(RefusedStudies.Refused::studyInstanceUid)
                    .containsExactly("2.25.2", "2.25.1");
            assertThat(refused.page(1).studies()).as("behind the last page").hasSize(2);
            assertThat(refused.page(1).page()).isZero();
            database.execute("update study set instances_deleted_at = now() where id = 2");
            assertThat(refused.page(0).studies())
                    .extracting(RefusedStudies.Refused::studyInstanceUid)
                    .containsExactly("2.25.1");
            assertThat(refused.page(0).total()).isOne();
            database.execute("update study set instances_deleted_at = null, superseded_at = now() where id = 2");
            assertThat(refused.page(0).total()).isOne();
        }
    }
}
