package org.rigatino.deliver;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.persistence.StudyMoved;
import org.rigatino.persistence.StudyState;

/** One worker a destination, so that none waits for another. */
@ApplicationScoped
public class DeliveryWorkers {
    private static final long STOP_MILLIS = 10_000;

    @Inject
    DeliverConfiguration configuration;

    @Inject
    DeliveryRecord record;

    @Inject
    DataSource dataSource;

    @Inject
    Destinations destinations;

    private final List<DestinationWorker> workers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @throws io.quarkus.runtime.configuration.ConfigurationException where no destination is configured, or one cannot be right */
    public synchronized void start() {
        DestinationObjects.checkAny(configuration);
        configuration.destinations().keySet().forEach(name -> {
            DestinationWorker worker = worker(name);
            workers.add(worker);
            threads.add(new Thread(worker, "deliver-" + name));
        });
        record.notConfigured(configuration.destinations().keySet());
        threads.forEach(Thread::start);
    }

    private DestinationWorker worker(String name) {
        BackOff backOff =
                new BackOff(configuration.retry().first(), configuration.retry().longest());
        if (destinations.kind(name) == DestinationKind.DICOMWEB) {
            DicomwebArchive archive = destinations.dicomweb(name);
            StowSender sender = new StowSender(name, archive, configuration, record);
            QidoConfirmer confirmer = new QidoConfirmer(name, archive, configuration, record);
            return new DestinationWorker(name, dataSource, sender::sendDue, confirmer::confirmDue, backOff);
        }
        RemoteNode node = destinations.node(name);
        Sender sender = new Sender(name, node, record);
        Confirmer confirmer = new Confirmer(name, node, configuration, record);
        return new DestinationWorker(name, dataSource, sender::sendDue, confirmer::confirmDue, backOff);
    }

    /** Whether each destination has a thread that delivers; where none was started, nothing is missing. */
    synchronized boolean areAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) StudyMoved study) {
        if (study.state() == StudyState.DELIVERING) {
            workers.forEach(DestinationWorker::wake);
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) throws InterruptedException {
        workers.forEach(DestinationWorker::stop);
        for (Thread thread : threads) {
            thread.join(STOP_MILLIS);
        }
    }
}
