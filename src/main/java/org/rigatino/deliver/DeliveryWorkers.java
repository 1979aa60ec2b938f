package org.rigatino.deliver;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.persistence.StudyMoved;
import org.rigatino.persistence.StudyState;

/** One worker a destination, so that none waits for another. Follows within a second or two what administrators change. */
@ApplicationScoped
public class DeliveryWorkers {
    private static final Logger LOG = Logger.getLogger(DeliveryWorkers.class);
    private static final long STOP_MILLIS = 10_000;

    @Inject
    DeliverConfiguration configuration;

    @Inject
    DestinationsInForce inForce;

    @Inject
    AddedDestinations added;

    @Inject
    DestinationChanges changes;

    @Inject
    DeliveryRecord record;

    @Inject
    OpenDeliveries deliveries;

    @Inject
    DataSource dataSource;

    @Inject
    Destinations destinations;

    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private Set<String> known = Set.of();
    private volatile boolean started;

    /** @param version of the row; null where the configuration has it */
    private record Running(Long version, DestinationWorker worker, Thread thread) {}

    /** @throws io.quarkus.runtime.configuration.ConfigurationException where a configured destination cannot be right */
    public synchronized void start() {
        configuration
                .destinations()
                .forEach((name, destination) ->
                        running.put(name, running(name, null, worker(name, destination, () -> true))));
        running.values().forEach(of -> of.thread().start());
        started = true;
        follow();
    }

    private static Running running(String name, Long version, DestinationWorker worker) {
        return new Running(version, worker, new Thread(worker, "deliver-" + name));
    }

    private DestinationWorker worker(String name, Destination destination, BooleanSupplier holds) {
        BackOff backOff =
                new BackOff(configuration.retry().first(), configuration.retry().longest());
        if (DestinationKind.of(destination) == DestinationKind.DICOMWEB) {
            DicomwebArchive archive = destinations.dicomweb(name, destination);
            StowSender sender = new StowSender(name, archive, configuration, record);
            QidoConfirmer confirmer = new QidoConfirmer(name, archive, configuration, record);
            return new DestinationWorker(
                    name, dataSource, holds, sender::sendDue, confirmer::confirmDue, () -> {}, backOff);
        }
        RemoteNode node = destinations.node(name, destination);
        Sender sender = new Sender(name, node, record, holds);
        Confirmer confirmer = new Confirmer(
                name,
                node,
                DestinationKind.proof(destination),
                configuration.commitment(),
                new DestinationRecord(record, node.toString(), holds));
        return new DestinationWorker(
                name, dataSource, holds, sender::sendDue, confirmer::confirmDue, sender::abort, backOff);
    }

    /** One that was changed gets another worker; the old one's association is ended, and its pass comes to nothing. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void follow() {
        if (started) {
            try {
                if (inForce.isAnyHidden()) {
                    changes.pauseHidden();
                }
                follow(inForce.added());
            } catch (RuntimeException e) {
                LOG.debugf("destinations that were added are not looked at: %s", e.getMessage());
            }
        }
    }

    private synchronized void follow(Map<String, AddedDestination> rows) {
        if (!started) {
            return;
        }
        running.forEach((name, of) -> {
            if (of.version() != null && !isOf(rows.get(name), of.version())) {
                of.worker().leave();
                running.remove(name);
                LOG.infof("destination %s is not delivered to as before: it was changed, paused or removed", name);
            }
        });
        rows.values().stream()
                .filter(row -> !row.paused() && !running.containsKey(row.name()))
                .forEach(this::begin);
        Set<String> names = new HashSet<>(configuration.destinations().keySet());
        names.addAll(rows.keySet());
        if (!names.equals(known)) {
            deliveries.notConfigured(names);
            known = names;
        }
    }

    private static boolean isOf(AddedDestination row, long version) {
        return row != null && row.version() == version && !row.paused();
    }

    /** One that cannot be had in this process, as for want of its keys, holds up no other and is tried again. */
    private void begin(AddedDestination row) {
        try {
            Running begun = running(
                    row.name(),
                    row.version(),
                    worker(row.name(), row.settings().destination(), () -> added.isHeld(row.name(), row.version())));
            running.put(row.name(), begun);
            begun.thread().start();
            LOG.infof("delivers to %s: %s", row.name(), row.settings().told());
        } catch (RuntimeException e) {
            deliveries.held(row.name(), "a worker cannot deliver there: " + e.getMessage());
            LOG.debugf("destination %s: %s", row.name(), e.getMessage());
        }
    }

    /** Whether each destination has a thread that delivers; where none was started, nothing is missing. */
    boolean areAlive() {
        return running.values().stream().allMatch(of -> of.thread().isAlive());
    }

    void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) StudyMoved study) {
        if (study.state() == StudyState.DELIVERING) {
            running.values().forEach(of -> of.worker().wake());
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) throws InterruptedException {
        started = false;
        running.values().forEach(of -> of.worker().stop());
        for (Running of : running.values()) {
            of.thread().join(STOP_MILLIS);
        }
    }
}
