package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.Routing;

/** What REST and pages say of a revision, on a real PostgreSQL. */
class StudyQueriesTest {
    private static final String STUDY = "2.25.1";

    private static DeliveryDatabase database;
    private static StudyQueries queries;
    private static boolean anywhere;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(new Routing() {
            @Override
            public boolean isAny() {
                return anywhere;
            }

            @Override
            public void hold() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void add(Study study, Collection<Output> outputs, Map<String, Set<ObjectKind>> asked) {
                throw new UnsupportedOperationException();
            }
        });
        queries = database.bean(StudyQueries.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** One image that is not flagged, of a destination that takes key objects alone. */
    @BeforeEach
    void confirmed() throws Exception {
        anywhere = true;
        database.execute(
                "delete from delivery; delete from output_finding; delete from output; delete from finding; delete from instance;"
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
                .isEqualTo(queries.of(STUDY).get(0));
        assertThat(queries.list(Set.of(), 0, 10).get(0).nothingDelivered())
                .isEqualTo(queries.of(STUDY).get(0).nothingDelivered());
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

    /** As on the worklist: a percentile is of the highest image, and of several releases on several scales. */
    @Test
    void studiesAreListedByPriorityThenByHowFarTheyAreBeyondNormalOnesThenTheLatestFirst() throws Exception {
        database.execute("delete from finding; delete from instance; delete from study;"
                + " insert into study (study_instance_uid, revision, state, failed_stage, failure_cause, priority, percentile, p_value,"
                + " normal_studies, beyond, false_alarms, first_received_at, last_received_at)"
                + " select uid, 1, state, case when state = 'FAILED' then 'restore' end, case when state = 'FAILED' then 'x' end,"
                + " priority, percentile, case when beyond is not null then 0.05 end, case when beyond is not null then 19 end, beyond,"
                + " case when beyond is not null then 0.05 end, now(), now() - age * interval '1 hour' from (values"
                + " ('low', 'DELIVERING', 'LOW', 99.0, null, 0), ('high', 'DELIVERING', 'HIGH', 60.0, null, 1),"
                + " ('later', 'DELIVERING', 'HIGH', 40.0, null, 0), ('medium', 'DELIVERING', 'MEDIUM', 98.0, null, 0),"
                + " ('beyond', 'DELIVERING', 'HIGH', 50.0, cast(0.2 as float8), 5), ('further', 'DELIVERING', 'HIGH', 45.0, 0.7, 6),"
                + " ('refused', 'READY', null, null, null, 0), ('failed', 'FAILED', null, null, null, 0))"
                + " given (uid, state, priority, percentile, beyond, age)");
        assertThat(queries.list(Set.of(), 0, 10))
                .extracting(StudyView::studyInstanceUid)
                .containsExactly("further", "beyond", "later", "high", "failed", "medium", "low", "refused");
    }

    /** READY and nothing else would read as if a worker had not got to it. */
    @Test
    void aStudyThatWaitsForADestinationSaysSo() throws Exception {
        database.execute("update study set state = 'READY', ended_at = null, images_restored = 0");
        assertThat(queries.of(STUDY).get(0).waitsFor()).isNull();
        anywhere = false;
        assertThat(queries.of(STUDY).get(0).waitsFor())
                .startsWith("a destination")
                .contains("/administration/destination");
        assertThat(queries.list(Set.of(), 0, 10).get(0).waitsFor()).startsWith("a destination");
        database.execute("update study set state = 'RESTORING'");
        assertThat(queries.of(STUDY).get(0).waitsFor())
                .as("given back when the last one was removed")
                .isNotNull();
        database.execute("update study set state = 'CONFIRMED', ended_at = now()");
        assertThat(queries.of(STUDY).get(0).waitsFor()).isNull();
    }

    /** Findings go on with their images to the revision that judged them last; what was sent stays of the one that made it. */
    @Test
    void eachRevisionAndDeliveryNamesTheReleaseThatJudged() throws Exception {
        database.execute(
                "insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at,"
                        + " ended_at, images_seen, images_restored) overriding system value values (2, '2.25.1', 2, 'CONFIRMED',"
                        + " now(), now(), now(), 1, 1); update instance set study_id = 2; update study set superseded_at = now(),"
                        + " superseded_by = 2 where id = 1; insert into finding (id, instance_id, frame_number, model_name,"
                        + " model_version, model_digest, score, percentile, flagged, configuration_digest, created_at) values (2, 1,"
                        + " 1, 'brain', '2', repeat('c', 64), 0.1, 50, false, repeat('b', 64), now() + interval '1 second')");
        for (int i = 1; i <= 2; i++) {
            database.execute(String.format(
                    "insert into output (id, study_id, finding_id, kind, sop_instance_uid, sop_class_uid,"
                            + " series_instance_uid, location, sha256, bytes, created_at) values (%1$d, %1$d, %1$d,"
                            + " 'SECONDARY_CAPTURE', '2.25.10%1$d', '1.2.840.10008.5.1.4.1.1.7', '2.25.9', '%1$d.dcm',"
                            + " repeat('a', 64), 1, now()); insert into delivery (id, output_id, study_id, destination, state,"
                            + " next_attempt_at) values (%1$d, %1$d, %1$d, 'pacs', 'CONFIRMED', now())",
                    i));
        }
        // Of a series, made of the same finding.
        database.execute("insert into output (id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " location, sha256, bytes, created_at) values (3, 2, 'SEGMENTATION', '2.25.103',"
                + " '1.2.840.10008.5.1.4.1.1.66.4', '2.25.9', '3.dcm', repeat('a', 64), 1, now()); insert into output_finding"
                + " (output_id, finding_id) values (3, 2); insert into delivery (id, output_id, study_id, destination, state,"
                + " next_attempt_at) values (3, 3, 2, 'pacs', 'SENT', now())");
        List<StudyView> revisions = queries.of(STUDY);
        assertThat(revisions)
                .extracting(StudyView::judgedBy)
                .satisfiesExactly(
                        first -> assertThat(first).containsExactly(new StudyView.Release("brain", "1", "a".repeat(64))),
                        second -> assertThat(second)
                                .containsExactly(new StudyView.Release("brain", "2", "c".repeat(64))));
        assertThat(queries.revisions(STUDY, 0, 10))
                .extracting(revision -> revision.deliveries().stream()
                        .map(RevisionView.DeliveryView::modelVersion)
                        .toList())
                .containsExactly(List.of("1"), List.of("2", "2"));
        database.execute("update delivery set place = 'OLD at old:104' where id = 1");
        assertThat(queries.revisions(STUDY, 0, 10).get(0).deliveries())
                .extracting(RevisionView.DeliveryView::place)
                .containsExactly("OLD at old:104");
    }
}
