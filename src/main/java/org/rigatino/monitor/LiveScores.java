package org.rigatino.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The latest percentiles of each release as the record has them, and how far they have moved from its calibration. */
@ApplicationScoped
public class LiveScores {
    /** By the primary key from its end: as cheap with millions of findings as with few. */
    private static final String LATEST =
            """
             from (select model_name, model_version, model_digest, score, percentile, created_at
                  from finding order by id desc limit ?) latest
            where created_at > ?""";

    private static final String PERCENTILE = "least(floor(percentile)::int, 99)";

    private static final String HISTOGRAM = "select model_name, model_version, model_digest, " + PERCENTILE
            + ", count(*)" + LATEST + " group by 1, 2, 3, 4 order by 1, 2, 3, 4";

    static final String OF_ONE = "select " + PERCENTILE + ", width_bucket(score, ?, ?, ?), count(*)" + LATEST
            + " and model_digest = ? group by 1, 2";

    /**
     * What one release said of live images.
     *
     * @param histogram {@link Drift#BINS} counts of percentiles, a percentage point each
     */
    public record OfRelease(String modelName, String modelVersion, String modelDigest, long[] histogram, Drift drift) {}

    /**
     * The same images of one release by their scores too.
     *
     * @param scores counts in the bins asked for
     */
    public record ByScore(long[] scores, Drift drift) {}

    private record Release(String name, String version, String digest) {}

    @Inject
    DataSource dataSource;

    @Inject
    MonitorConfiguration configuration;

    /** Of releases that judged an image within {@code rigatino.monitor.drift}'s window, by name and version. */
    public List<OfRelease> latest() throws SQLException {
        Map<Release, long[]> histograms = new LinkedHashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(HISTOGRAM)) {
            latest(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Release release = new Release(row.getString(1), row.getString(2), row.getString(3));
                    histograms.computeIfAbsent(release, found -> new long[Drift.BINS])[row.getInt(4)] = row.getLong(5);
                }
            }
        }
        List<OfRelease> releases = new ArrayList<>();
        histograms.forEach((release, histogram) -> releases.add(
                new OfRelease(release.name(), release.version(), release.digest(), histogram, Drift.of(histogram))));
        return releases;
    }

    /** Of the images that {@link #latest()} counts for this release, which may be none. */
    public ByScore of(String modelDigest, ScoreBins bins) throws SQLException {
        long[] percentiles = new long[Drift.BINS];
        long[] scores = new long[bins.count()];
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(OF_ONE)) {
            statement.setDouble(1, bins.low());
            statement.setDouble(2, bins.high());
            statement.setInt(3, bins.count());
            latest(statement, 4);
            statement.setString(6, modelDigest);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    percentiles[row.getInt(1)] += row.getLong(3);
                    // width_bucket counts from 1, below the first 0, above the last one more.
                    scores[Math.min(Math.max(row.getInt(2) - 1, 0), bins.count() - 1)] += row.getLong(3);
                }
            }
        }
        return new ByScore(scores, Drift.of(percentiles));
    }

    /** @param from index of the first of the two parameters of {@link #LATEST} */
    private void latest(PreparedStatement statement, int from) throws SQLException {
        statement.setInt(from, configuration.drift().images());
        statement.setTimestamp(
                from + 1,
                Timestamp.from(Instant.now().minus(configuration.drift().window())));
    }
}
