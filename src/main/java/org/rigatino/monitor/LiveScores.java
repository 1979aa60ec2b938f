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
import org.rigatino.metric.Drift;

/** The latest percentiles of each release as the record has them, and how far they have moved from its calibration. */
@ApplicationScoped
public class LiveScores {
    /** By the primary key from its end: as cheap with millions of findings as with few. */
    private static final String HISTOGRAM =
            """
            select model_name, model_version, model_digest,
                   least(floor(percentile)::int, 99) as bin, count(*) as images
            from (select model_name, model_version, model_digest, percentile, created_at
                  from finding order by id desc limit ?) latest
            where created_at > ?
            group by 1, 2, 3, 4 order by 1, 2, 3, 4""";

    /**
     * What one release said of live images.
     *
     * @param histogram {@link Drift#BINS} counts of percentiles, a percentage point each
     */
    public record OfRelease(String modelName, String modelVersion, String modelDigest, long[] histogram, Drift drift) {}

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
            statement.setInt(1, configuration.drift().images());
            statement.setTimestamp(
                    2, Timestamp.from(Instant.now().minus(configuration.drift().window())));
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
}
