package org.rigatino.workitem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while each service has a thread that performs its workitems, whether or not the service is there. */
@Readiness
@ApplicationScoped
public class WorkitemReadiness implements HealthCheck {
    @Inject
    TaskPerformers performers;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("workitems")
                .status(performers.areAlive())
                .build();
    }
}
