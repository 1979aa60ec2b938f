package org.rigatino.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.ingest.IngestConfiguration;

/** Room of the two stores: {@code disk.free} and {@code disk.total}, labelled by store. */
@ApplicationScoped
class StoreMeters {
    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    MeterRegistry meters;

    void start(@Observes StartupEvent event) {
        bind("instances", ingest.store());
        bind("outputs", deliver.outputs());
    }

    private void bind(String store, Path folder) {
        new DiskSpaceMetrics(folder.toAbsolutePath().normalize().toFile(), Tags.of("store", store)).bindTo(meters);
    }
}
