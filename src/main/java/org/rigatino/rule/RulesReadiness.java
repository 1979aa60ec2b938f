package org.rigatino.rule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up whatever the file of rules is: those of before stay in force. That it is not followed is told, and may raise an alarm. */
@Readiness
@ApplicationScoped
public class RulesReadiness implements HealthCheck {
    @Inject
    RulesInForce rules;

    @Inject
    MeterRegistry meters;

    private Gauge followed;

    void start(@Observes StartupEvent event) {
        followed = Gauge.builder(
                        "rigatino.rules.followed", rules, now -> now.problem().isPresent() ? 0 : 1)
                .description("Whether the file of rules of the house that is there now is followed")
                .register(meters);
    }

    /** A registry outlives an application. */
    @PreDestroy
    void stop() {
        if (followed != null) {
            meters.remove(followed);
        }
    }

    @Override
    public HealthCheckResponse call() {
        boolean follows = rules.problem().isEmpty();
        return HealthCheckResponse.named("rules of the house")
                .up()
                .withData(
                        "followed",
                        follows
                                ? "yes"
                                : "no: the file is wrong, those of before stay in force, and a start would be refused")
                .build();
    }
}
