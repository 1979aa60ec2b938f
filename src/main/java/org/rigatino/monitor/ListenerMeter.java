package org.rigatino.monitor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.rigatino.ingest.IngestService;
import org.rigatino.ingest.ListenerReadiness;

/** Whether studies can come in by DICOM: of a process that has to listen, and of no other. */
@ApplicationScoped
class ListenerMeter {
    @Inject
    IngestService ingest;

    @Inject
    @Readiness
    ListenerReadiness readiness;

    @Inject
    MeterRegistry meters;

    private Meter listening;

    void start(@Observes StartupEvent event) {
        if (ingest.hasRole()) {
            listening = Gauge.builder("rigatino.listening", this, ListenerMeter::listening)
                    .description("1 where the DICOM listener takes associations and keeps what comes over them, else 0")
                    .register(meters);
        }
    }

    private double listening() {
        return readiness.call().getStatus() == HealthCheckResponse.Status.UP ? 1 : 0;
    }

    /** A registry outlives an application. */
    @PreDestroy
    void leave() {
        if (listening != null) {
            meters.remove(listening);
        }
    }
}
