package org.rigatino.release;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rigatino.rule.RuleText;

/** Tells that this process and a worker go by different rules of the house, whichever roles it has. */
@ApplicationScoped
class RulesApart {
    private static final Logger LOG = Logger.getLogger(RulesApart.class);

    @Inject
    FollowedRules followed;

    @Inject
    MeterRegistry meters;

    private volatile Optional<RuleText> apart = Optional.empty();
    private Gauge gauge;

    void start(@Observes StartupEvent event) {
        gauge = Gauge.builder("rigatino.rules.apart", () -> apart.isPresent() ? 1 : 0)
                .description("Whether a worker follows other rules of the house than this process")
                .register(meters);
    }

    /** A registry outlives an application. */
    @PreDestroy
    void stop() {
        if (gauge != null) {
            meters.remove(gauge);
        }
    }

    /** What was found last stays while the record is away. */
    @Scheduled(every = Presence.EVERY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        Optional<RuleText> now;
        try {
            now = followed.apart();
        } catch (RuntimeException e) {
            LOG.debugf("who follows which rules of the house cannot be told now: %s", e.getMessage());
            return;
        }
        if (!now.equals(apart)) {
            now.ifPresent(words -> LOG.warnf("%s", words));
        }
        apart = now;
    }
}
