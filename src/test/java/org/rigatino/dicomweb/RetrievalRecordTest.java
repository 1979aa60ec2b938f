package org.rigatino.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Settings;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;

/** What is asked of sources that are not configured any more, on a real PostgreSQL. */
class RetrievalRecordTest {
    private static DeliveryDatabase database;
    private static RetrievalRecord record;
    private static EarlierRetrievals earlier;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(Settings.of(DicomwebConfiguration.class));
        database.bean(AuditTrail.class);
        record = database.bean(RetrievalRecord.class);
        earlier = database.bean(EarlierRetrievals.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** One each of a source that stays and of one that went, asked for an hour ago, just now, and an hour ago and under way. */
    @BeforeEach
    void asked() throws Exception {
        database.execute(
                """
                delete from retrieval;
                insert into retrieval (event_source, event_id, study_instance_uid, source, state, next_attempt_at,
                    requested_at)
                  select 'fetch', source || study, study, source, 'PENDING', now() + due, now() - age
                  from (values ('kept'), ('gone')) as sources (source),
                    (values ('1.2.1', interval '-1 hour', interval '1 hour'), ('1.2.2', interval '0', interval '0'),
                      ('1.2.3', interval '1 hour', interval '1 hour')) as asked (study, due, age)""");
    }

    private static List<String> rows() throws Exception {
        return database.query("select concat_ws(' ', source, study_instance_uid, state, ended_at is not null)"
                + " from retrieval order by source, study_instance_uid");
    }

    @Test
    void whatIsAskedOfASourceThatIsNoMoreFailsAndHoldsNobodysPlace() throws Exception {
        record.endForgotten(Set.of("kept", "another"));
        assertThat(rows())
                .containsExactly(
                        "gone 1.2.1 FAILED t",
                        "gone 1.2.2 PENDING f",
                        "gone 1.2.3 PENDING f",
                        "kept 1.2.1 PENDING f",
                        "kept 1.2.2 PENDING f",
                        "kept 1.2.3 PENDING f");
        assertThat(database.query("select last_error from retrieval where state = 'FAILED'"))
                .containsExactly(
                        "no source gone is in rigatino.ingest.sources any more: put it back there and ask again, or ask another");
        assertThat(database.query("select subject || ': ' || detail from audit_event where kind = 'RETRIEVAL_FAILED'"
                        + " and study_instance_uid = '1.2.1'"))
                .singleElement()
                .asString()
                .startsWith("gone: no source gone");
        database.execute("delete from retrieval where source = 'kept'");
        assertThat(earlier.underWay(List.of("1.2.1", "1.2.2"))).containsExactly("1.2.2");
    }

    /** Retention, or whoever asked of a source that is no more, was quicker. */
    @Test
    void whatIsOverStaysAsItEnded() throws Exception {
        RetrievalRecord.Due due = record.take("kept").orElseThrow();
        database.execute("update retrieval set state = 'FAILED', last_error = 'forgotten', ended_at = now() where id = "
                + due.id());
        long told = Long.parseLong(
                database.query("select count(*) from audit_event").get(0));
        record.failed(due, "an archive out of reach", false);
        record.retrieved(due, new Retriever.Retrieved(3, 0, "by C-MOVE"));
        record.failed(due, "an archive that will not", true);
        assertThat(database.query("select concat_ws(' ', state, last_error, instances_stored, ended_at is not null)"
                        + " from retrieval where id = " + due.id()))
                .containsExactly("FAILED forgotten 0 t");
        assertThat(database.query("select count(*) from audit_event")).containsExactly("" + told);
    }

    /** As the message to an audit record repository takes it. */
    @ParameterizedTest
    @CsvSource({"0, by C-MOVE", "1, 1 not taken: by C-MOVE"})
    void whatWasNotTakenIsToldByTheTrail(int failed, String detail) throws Exception {
        record.retrieved(record.take("kept").orElseThrow(), new Retriever.Retrieved(3, failed, "by C-MOVE"));
        assertThat(database.query("select detail from audit_event where kind = 'STUDY_RETRIEVED' order by id desc"))
                .first()
                .isEqualTo(detail);
    }

    /** Whose the study must be by that click is no matter to who fetches it by command. */
    @Test
    void whatIsAskedForBesideALaterStudyIsNotWhatAPersonAsksFor() throws Exception {
        Actor carla = new Actor("carla", "192.0.2.9");
        earlier.ask("1.2.80", 7, "1.2.9", "kept", "beside", carla);
        long asked = record.ask("1.2.9", "kept", "by UID", carla);
        assertThat(database.query("select event_source from retrieval where id = " + asked))
                .containsExactly("fetch");
        assertThat(record.ask("1.2.9", "kept", "by UID", carla)).isEqualTo(asked);
    }

    /** That is fetched without a look at what its source lists. */
    @Test
    void whatAnEventAskedForIsNotWhatAPersonAsksFor() throws Exception {
        record.request("producer", "1", "1.2.10", "kept", "by an event");
        long asked = record.ask("1.2.10", "kept", "by UID", new Actor("carla", "192.0.2.9"));
        assertThat(database.query("select event_source from retrieval where id = " + asked))
                .containsExactly("fetch");
    }

    @Test
    void howARetrievalStandsIsToldWithEachNumberInItsPlace() throws Exception {
        database.execute("update retrieval set attempts = 2, instances_stored = 5, instances_failed = 7,"
                + " last_error = 'out of reach'");
        long id = Long.parseLong(
                database.query("select id from retrieval where source = 'kept'" + " and study_instance_uid = '1.2.1'")
                        .get(0));
        assertThat(record.status(id))
                .contains(new RetrievalRecord.Status("1.2.1", "kept", "PENDING", 2, 5, 7, "out of reach"));
    }

    @Test
    void withoutAnySourceAllOfThemEnd() throws Exception {
        record.endForgotten(Set.of());
        assertThat(rows()).filteredOn(row -> row.contains("FAILED")).hasSize(2);
    }
}
