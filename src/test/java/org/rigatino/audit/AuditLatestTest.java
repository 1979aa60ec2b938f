package org.rigatino.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;

/** The trail from its end, of 100,000 rows over 20 months: every tenth by anna, every 5,000th of a rare kind. */
class AuditLatestTest {
    private static final int ROWS = 100_000;
    private static final int PAGE = 51;

    private static final String GENERATED =
            """
            alter table audit_event disable trigger user;
            select make_audit_partition((date '2025-01-01' + make_interval(months => m))::date)
              from generate_series(0, 19) as m;
            insert into audit_event (id, occurred_at, kind, study_instance_uid, subject, detail, actor, address,
              previous_hash, hash)
            select n, timestamptz '2025-01-01 00:00:00Z' + make_interval(mins => (n * 8)::int),
              case when n %% 5000 = 0 then 'STUDY_REFUSED' when n %% 2 = 0 then 'OUTPUT_WRITTEN' else 'STUDY_READY' end,
              '1.2.' || n / 8, null, 'a detail', case when n %% 10 = 0 then 'anna' end, null, 'p' || n, 'h' || n
              from generate_series(1, %d) as n;
            alter table audit_event enable trigger user;
            vacuum analyze audit_event;
            """
                    .formatted(ROWS);

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static Connection auditor;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        try (Connection owner = PostgresSchema.connect(postgres);
                Statement statement = owner.createStatement()) {
            for (String sql : GENERATED.split(";\n")) {
                statement.execute(sql);
            }
        }
        auditor = PostgresSchema.connect(postgres, DatabaseRole.AUDITOR);
    }

    @AfterAll
    static void stop() throws Exception {
        auditor.close();
        postgres.close();
    }

    static Stream<AuditFilter> filters() {
        return Stream.of(
                AuditFilter.ALL,
                new AuditFilter("2025-06-10", "2025-06-12", null, null, null),
                new AuditFilter(null, "2025-03-01", null, null, null),
                new AuditFilter(null, null, "1.2.77", null, null),
                new AuditFilter(null, null, null, List.of("STUDY_REFUSED"), null),
                new AuditFilter(null, null, null, List.of("OUTPUT_WRITTEN"), null),
                new AuditFilter(null, null, null, null, "anna"),
                new AuditFilter(null, null, null, null, "nobody"),
                new AuditFilter(null, null, null, List.of("STUDY_REFUSED"), "anna"),
                new AuditFilter("2025-06-01", null, null, List.of("STUDY_REFUSED"), null));
    }

    /** At most a month, of 5,580 rows, is read for a page; a whole trail is 100,000. */
    @ParameterizedTest
    @MethodSource("filters")
    void aPageReadsNoMoreThanAMonth(AuditFilter filter) throws Exception {
        for (long before : new long[] {Long.MAX_VALUE, 60_000, 3_000}) {
            long start = read();
            latest(filter, before);
            assertThat(read() - start).as(filter + " before " + before).isLessThan(6_000);
        }
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepetition() throws Exception {
        AuditFilter filter = new AuditFilter("2025-02-01", "2025-02-02", null, null, null);
        List<Long> found = new ArrayList<>();
        List<AuditRow> page = latest(filter, Long.MAX_VALUE);
        while (!page.isEmpty()) {
            page.forEach(row -> found.add(row.id()));
            page = latest(filter, page.get(page.size() - 1).id());
        }
        // 31 days of 180 rows a day, every 8 minutes; row 1 is of minute 8.
        assertThat(found)
                .isEqualTo(LongStream.rangeClosed(31 * 180, 32 * 180 - 1)
                        .map(id -> 32 * 180 - 1 + 31 * 180 - id)
                        .boxed()
                        .toList());
    }

    private static List<AuditRow> latest(AuditFilter filter, long before) throws SQLException {
        List<Object> values = new ArrayList<>(filter.values());
        values.add(before);
        return AuditChain.latest(auditor, filter.condition() + " and id < ?", values, PAGE);
    }

    /** Rows of the trail that were read so far, by scans of any kind. */
    private static long read() throws SQLException {
        try (Statement statement = auditor.createStatement()) {
            statement.execute("select pg_stat_force_next_flush()");
            try (ResultSet row = statement.executeQuery("select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))"
                    + " from pg_stat_all_tables where relname like 'audit_event_%'")) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
