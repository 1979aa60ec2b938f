package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up while each destination has a thread that delivers, whether or not the archive is there. Where there is none studies
 * wait, and it says so; it stays up, since whoever is to add one needs the pages of this process.
 */
@Readiness
@ApplicationScoped
public class DeliveryReadiness implements HealthCheck {
    @Inject
    DeliveryWorkers workers;

    @Inject
    DestinationGate gate;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("deliveries");
        if (gate.isHolding()) {
            answer.withData("studies", "wait: no destination is in force");
        }
        return answer.status(workers.areAlive()).build();
    }
}
