package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up once the models are warm, or where this process has not the role. */
@Readiness
@ApplicationScoped
public class ModelReadiness implements HealthCheck {
    @Inject
    Models models;

    @Inject
    Roles roles;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("models")
                .status(!roles.include(Role.WORKER) || models.ready())
                .build();
    }
}
