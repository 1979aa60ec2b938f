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
import org.rigatino.monitor.JudgedStudies.OfRelease;

/** Studies flagged of late beside what was promised of normal ones, as metrics. */
@ApplicationScoped
class JudgementMeters {
    private static final Logger LOG = Logger.getLogger(JudgementMeters.class);

    private final JudgedStudies studies;
    private final MultiGauge judged;
    private final MultiGauge flagged;
    private final MultiGauge promised;

    @Inject
    JudgementMeters(JudgedStudies studies, MeterRegistry meters) {
        this.studies = studies;
        judged = MultiGauge.builder("rigatino.studies.judged")
                .description("Studies of late that a release set against its normal studies")
                .register(meters);
        flagged = MultiGauge.builder("rigatino.studies.flagged.share")
                .description("Share of them that was flagged")
                .register(meters);
        promised = MultiGauge.builder("rigatino.studies.promised.share")
                .description("Share of normal studies that may be flagged")
                .register(meters);
    }

    @Scheduled(every = "${rigatino.monitor.drift.every:PT1M}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            List<OfRelease> releases = studies.latest();
            judged.register(rows(releases, OfRelease::judged), true);
            flagged.register(rows(releases, OfRelease::share), true);
            promised.register(rows(releases, OfRelease::promised), true);
        } catch (SQLException e) {
            LOG.debugf("judged studies are not looked at: %s", e.getMessage());
        }
    }

    private static List<MultiGauge.Row<?>> rows(List<OfRelease> releases, ToDoubleFunction<OfRelease> value) {
        return releases.stream()
                .<MultiGauge.Row<?>>map(release -> MultiGauge.Row.of(
                        Tags.of("model", name(release), "version", version(release)), value.applyAsDouble(release)))
                .toList();
    }

    private static String name(OfRelease release) {
        return release.model().substring(0, release.model().lastIndexOf('/'));
    }

    private static String version(OfRelease release) {
        return release.model().substring(release.model().lastIndexOf('/') + 1);
    }
}
