package org.rigatino.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while there are threads that accept associations and commit what comes over them, or where this process has not the role. */
@Readiness
@ApplicationScoped
public class ListenerReadiness implements HealthCheck {
    @Inject
    IngestService ingest;

    @Inject
    InstanceRecord record;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("DICOM listener")
                .status(!ingest.hasRole() || ingest.isListening() && record.isCommitting())
                .build();
    }
}
