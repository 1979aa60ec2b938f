package org.rigatino.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.rigatino.Settings;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.MigratedCluster;
import org.rigatino.embedded.PostgresSchema;

/** What the record says of scores: 100,000 findings, of which one in ten, and the latest 100, are another release's. */
class LiveScoresTest {
    private static final String GENERATE =
            """
            insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)
              values ('1.2', 1, 'RESTORING', now(), now());
            insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid, transfer_syntax_uid,
                calling_ae_title, location, sha256, bytes, received_at)
              select id, '1.2.3', '1.2', '1.2', '1.2', 'TEST', 'nowhere', 'none', 1, now() from study;
            insert into finding (instance_id, frame_number, model_name, model_version, model_digest,
                configuration_digest, score, percentile, flagged, created_at)
              select i.id, n, case when other then 'other' else 'one' end, '1', case when other then 'b' else 'a' end,
                'none', n % 100 / 10.0, n % 100, false, now() - (100000 - n) * interval '1 minute'
              from instance i, (select n, n % 10 = 0 or n > 99900 as other from generate_series(1, 100000) n) made;
            analyze finding""";

    @TempDir
    static Path data;

    private static EmbeddedPostgres postgres;
    private static LiveScores scores;

    @BeforeAll
    static void start() throws Exception {
        postgres = MigratedCluster.start(data.resolve("postgres"));
        try (Connection owner = PostgresSchema.connect(postgres);
                Statement generate = owner.createStatement()) {
            generate.execute(GENERATE);
        }
        PGSimpleDataSource application = new PGSimpleDataSource();
        application.setUrl(PostgresSchema.url(postgres, DatabaseRole.APPLICATION));
        scores = new LiveScores();
        scores.dataSource = application;
        scores.configuration = Settings.of(MonitorConfiguration.class, Map.of("rigatino.monitor.drift.images", "1000"));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    /** Of the latest 1,000 one in ten of the first 900 is the other's. */
    @Test
    void aReleaseHasTheImagesThatItsDriftIsToldFrom() throws SQLException {
        LiveScores.ByScore one = scores.of("a", new ScoreBins(0, 5, 5));
        assertThat(one.drift().images()).isEqualTo(810);
        assertThat(scores.latest())
                .filteredOn(release -> release.modelDigest().equals("a"))
                .singleElement()
                .extracting(LiveScores.OfRelease::drift)
                .isEqualTo(one.drift());
        // 9 of each ten, 5 to 10 in the last.
        assertThat(one.scores()).containsExactly(81, 81, 81, 81, 486);
        assertThat(scores.of("nobody", new ScoreBins(0, 5, 5)).drift().images()).isZero();
    }

    @Test
    void noMoreThanTheLatestFindingsAreRead() throws SQLException {
        try (Connection connection = scores.dataSource.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain " + LiveScores.OF_ONE)) {
            explain.setDouble(1, 0);
            explain.setDouble(2, 5);
            explain.setInt(3, 5);
            explain.setInt(4, 1000);
            explain.setTimestamp(5, Timestamp.from(Instant.now().minus(Duration.ofDays(7))));
            explain.setString(6, "a");
            StringBuilder plan = new StringBuilder();
            try (ResultSet row = explain.executeQuery()) {
                while (row.next()) {
                    plan.append(row.getString(1)).append('\n');
                }
            }
            assertThat(plan).contains("Index Scan Backward using finding_pkey").doesNotContain("Seq Scan on finding");
        }
    }
}
