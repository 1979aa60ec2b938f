package org.rigatino.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.rigatino.monitor.LiveScores.OfRelease;

/** Drift of each release in service, as metrics. */
@ApplicationScoped
class DriftMeters {
    private static final Logger LOG = Logger.getLogger(DriftMeters.class);

    private final LiveScores scores;
    private final MultiGauge images;
    private final MultiGauge stabilityIndex;
    private final MultiGauge largestGap;

    @Inject
    DriftMeters(LiveScores scores, MeterRegistry meters) {
        this.scores = scores;
        images = MultiGauge.builder("rigatino.score.drift.images")
                .description("Images that the drift of a release's scores is told from")
                .register(meters);
        stabilityIndex = MultiGauge.builder("rigatino.score.drift.psi")
                .description("Population stability index of live percentiles against the release's calibration")
                .register(meters);
        largestGap = MultiGauge.builder("rigatino.score.drift.ks")
                .description("Kolmogorov-Smirnov statistic of live percentiles against the release's calibration")
                .register(meters);
    }

    @Scheduled(every = "${rigatino.monitor.drift.every:PT1M}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            List<OfRelease> releases = scores.latest();
            images.register(rows(releases, Drift::images), true);
            stabilityIndex.register(rows(releases, Drift::stabilityIndex), true);
            largestGap.register(rows(releases, Drift::largestGap), true);
        } catch (SQLException e) {
            LOG.debugf("drift is not looked at: %s", e.getMessage());
        }
    }

    private static List<MultiGauge.Row<?>> rows(List<OfRelease> releases, ToDoubleFunction<Drift> value) {
        return releases.stream()
                .<MultiGauge.Row<?>>map(release -> MultiGauge.Row.of(
                        Tags.of("model", release.modelName(), "version", release.modelVersion()),
                        value.applyAsDouble(release.drift())))
                .toList();
    }
}
