package org.rigatino.embedded;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Down while an embedded part has ended by itself and could not be started again. */
@Readiness
@ApplicationScoped
public class EmbeddedReadiness implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("embedded parts");
        Upkeep.down().forEach(name -> answer.withData(name, "has ended by itself; is there room on its disk?"));
        return answer.status(Upkeep.down().isEmpty()).build();
    }
}
