package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.rigatino.audit.ProcessRole;

/** Up once the models are warm, or where this process has not the role. */
@Readiness
@ApplicationScoped
public class ModelReadiness implements HealthCheck {
    @Inject
    Models models;

    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("models")
                .status(!roles.contains(ProcessRole.WORKER) || models.ready())
                .build();
    }
}
