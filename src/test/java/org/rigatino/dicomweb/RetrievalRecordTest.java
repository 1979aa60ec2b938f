package org.rigatino.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;

/** What is asked of sources that are not configured any more, on a real PostgreSQL. */
class RetrievalRecordTest {
    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static RetrievalRecord record;
    private static EarlierRetrievals earlier;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase(folder.resolve("postgres"));
        database.with(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(DicomwebConfiguration.class)
                .build()
                .getConfigMapping(DicomwebConfiguration.class));
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

    @Test
    void withoutAnySourceAllOfThemEnd() throws Exception {
        record.endForgotten(Set.of());
        assertThat(rows()).filteredOn(row -> row.contains("FAILED")).hasSize(2);
    }
}
