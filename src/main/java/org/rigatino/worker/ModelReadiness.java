package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.rigatino.audit.ProcessRole;

/** Up once the models are warm and every release that serves is here, or where this process has not the role. */
@Readiness
@ApplicationScoped
public class ModelReadiness implements HealthCheck {
    @Inject
    Models models;

    @Inject
    HeldReleases held;

    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("models");
        if (!roles.contains(ProcessRole.WORKER)) {
            return answer.up().build();
        }
        held.absent().forEach(release -> answer.withData(release.model(), "serves and is not here"));
        return answer.status(models.ready() && held.absent().isEmpty()).build();
    }
}
