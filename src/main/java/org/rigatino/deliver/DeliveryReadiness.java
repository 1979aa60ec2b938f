package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while each destination has a thread that delivers, whether or not the archive is there. */
@Readiness
@ApplicationScoped
public class DeliveryReadiness implements HealthCheck {
    @Inject
    DeliveryWorkers workers;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("deliveries")
                .status(workers.areAlive())
                .build();
    }
}
