package org.rigatino.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Studies of late that were set against normal ones, and how many were flagged: beside what was promised of normal ones. */
@ApplicationScoped
public class JudgedStudies {
    private static final String LATEST =
            """
            select deciding_model, deciding_digest, count(*), count(*) filter (where p_value <= false_alarms + 1e-9),
                   max(false_alarms), min(restored_at), max(restored_at)
            from study where p_value is not null and restored_at > ? and rerun_id is null group by 1, 2 order by 1, 2""";

    /**
     * Revisions that came in and that one release decided within {@code rigatino.monitor.drift.window}.
     *
     * @param model NAME/VERSION
     * @param promised share of normal studies that might be flagged, the largest that was in force
     * @param since when the first of them was judged
     * @param until when the last was
     */
    public record OfRelease(
            String model,
            String modelDigest,
            long judged,
            long flagged,
            double promised,
            Instant since,
            Instant until) {
        public double share() {
            return (double) flagged / judged;
        }

        /** @param serves whether it judges still, so that days without a study count */
        public Duration judging(boolean serves) {
            return Duration.between(since, serves ? Instant.now() : until);
        }
    }

    @Inject
    DataSource dataSource;

    @Inject
    MonitorConfiguration configuration;

    /** Of releases that decided any. */
    public List<OfRelease> latest() throws SQLException {
        List<OfRelease> releases = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(LATEST)) {
            statement.setTimestamp(
                    1, Timestamp.from(Instant.now().minus(configuration.drift().window())));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    releases.add(new OfRelease(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getDouble(5),
                            row.getTimestamp(6).toInstant(),
                            row.getTimestamp(7).toInstant()));
                }
            }
        }
        return releases;
    }

    public Optional<OfRelease> of(String modelDigest) throws SQLException {
        return latest().stream()
                .filter(release -> modelDigest.equals(release.modelDigest()))
                .findFirst();
    }
}
