package org.rigatino.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliveryWorkers;
import org.rigatino.hl7.Hl7Receivers;
import org.rigatino.monitor.GpuMeters;
import org.rigatino.webhook.Webhooks;
import org.rigatino.workitem.TaskPerformers;

/** The role {@code worker}: makes its parts ready, then lets events in. */
@ApplicationScoped
class WorkerStart implements Scheduled.SkipPredicate {
    @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
    Set<ProcessRole> roles;

    @Inject
    Models models;

    @Inject
    DeliveryWorkers deliveries;

    @Inject
    TaskPerformers workitems;

    @Inject
    Webhooks webhooks;

    @Inject
    Hl7Receivers hl7Receivers;

    @Inject
    GpuMeters gpus;

    @Inject
    ResultPublisher results;

    @Inject
    ChannelRegistry channels;

    private volatile boolean started;

    /** After the channels are there, which is earlier in the same event. */
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 500) StartupEvent event) {
        if (roles.contains(ProcessRole.WORKER)) {
            deliveries.start();
            models.open();
            gpus.start();
            hl7Receivers.start();
            webhooks.start();
            results.start();
            workitems.start();
            channels.getPausable("studies").resume();
            started = true;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        started = false;
    }

    /** Scheduled work of the role waits for the start, and is left out where the process has not the role. */
    @Override
    public boolean test(ScheduledExecution execution) {
        return !started;
    }
}
