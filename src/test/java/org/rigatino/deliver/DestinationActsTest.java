package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.dicom.TlsProfiles;

/** What is asked of a record in which years of deliveries were given up, on a real PostgreSQL. */
@Slow
class DestinationActsTest extends DeliveryPasses {
    private static final int GIVEN_UP = 20_000;

    private DestinationActs acts;
    private Destinations destinations;

    @BeforeEach
    void start() throws Exception {
        record(Map.of(
                "rigatino.deliver.destinations.pacs.host", "127.0.0.1",
                "rigatino.deliver.destinations.pacs.port", "4242",
                "rigatino.deliver.destinations.pacs.ae-title", "PACS"));
        database.with(Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TlsConfigurationRegistry.class},
                (proxy, method, values) -> Optional.empty()));
        database.bean(TlsProfiles.class);
        database.bean(DicomwebServices.class);
        acts = database.bean(DestinationActs.class);
        destinations = database.bean(Destinations.class);
    }

    @Override
    void send() {
        throw new UnsupportedOperationException();
    }

    @Override
    void confirm() {
        throw new UnsupportedOperationException();
    }

    /** Of forty studies; the first three are of rejection notes for where the destination was before. */
    private void givenUp() throws Exception {
        database.execute(
                "insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at,"
                        + " restored_at, ended_at) overriding system value select n, '2.25.' || n, 1, 'CONFIRMED', now(), now(),"
                        + " now(), now() from generate_series(0, 39) n");
        database.execute("insert into output (id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " location, sha256, bytes, created_at) select n, n % 40, case when n < 4 then 'REJECTION_NOTE' else"
                + " 'SEGMENTATION' end, '2.25.9.' || n, '1.2', '2.25.3', 'l' || n, 's', 1, now()"
                + " from generate_series(1, " + GIVEN_UP + ") n");
        database.execute(
                "insert into delivery (id, output_id, study_id, destination, state, essential, next_attempt_at,"
                        + " last_error, place) select id, id, study_id, 'pacs', case id % 2 when 0 then 'DECLINED' else"
                        + " 'CANCELLED' end, false, now(), 'answered 0122H', case when id < 4 then 'ELSEWHERE at h:104' end"
                        + " from output");
    }

    /** Rows of deliveries, their outputs and studies that the database reads for it. */
    private long read(Runnable work) throws Exception {
        database.execute("vacuum (analyze) study");
        database.execute("vacuum (analyze) output");
        database.execute("vacuum (analyze) delivery");
        return database.inTransaction(() -> {
            EntityManager entities = database.entities();
            entities.createNativeQuery("set local max_parallel_workers_per_gather = 0")
                    .executeUpdate();
            long before = read(entities);
            work.run();
            return read(entities) - before;
        });
    }

    private static long read(EntityManager entities) {
        return ((Number) entities.createNativeQuery("select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)"
                                + " from pg_stat_xact_user_tables where relname in ('delivery', 'output', 'study')")
                        .getSingleResult())
                .longValue();
    }

    @Test
    void thePageOfDestinationsReadsNoMoreThanItShows() throws Exception {
        givenUp();
        assertThat(destinations.list()).singleElement().satisfies(pacs -> {
            assertThat(pacs.declined()).isEqualTo(GIVEN_UP / 2);
            assertThat(pacs.repeatable()).isEqualTo(1001);
            assertThat(pacs.notesForElsewhere()).isEqualTo(3);
        });
        assertThat(read(destinations::list)).isBetween(1001L, 5000L);
    }

    /** As it is where retention keeps outputs for some months of many years. */
    @Test
    void whatRetentionHasDeletedIsNotReadAgain() throws Exception {
        givenUp();
        database.execute("update study set outputs_deleted_at = now() where id <> 7");
        assertThat(acts.again("pacs").deliveries()).isEqualTo(GIVEN_UP / 40);
        assertThat(read(() -> acts.again("pacs").deliveries())).isBetween(GIVEN_UP / 40L, 5000L);
        assertThat(acts.notesForElsewhere()).isEmpty();
        database.execute("update study set outputs_deleted_at = now() where id = 7");
        assertThat(acts.again("pacs").deliveries()).isZero();
        assertThat(read(destinations::list)).isLessThan(1000);
    }
}
