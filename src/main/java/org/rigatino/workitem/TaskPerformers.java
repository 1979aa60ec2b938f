package org.rigatino.workitem;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.deliver.BackOff;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DestinationsInForce;
import org.rigatino.deliver.DicomwebServices;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.persistence.AdvisoryLock;

/** A thread for each service, of which one process at a time performs workitems, so that none is claimed twice. */
@ApplicationScoped
public class TaskPerformers {
    private static final Logger LOG = Logger.getLogger(TaskPerformers.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long STOP_MILLIS = 10_000;

    @Inject
    WorkitemConfiguration configuration;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    DestinationsInForce destinations;

    @Inject
    IngestConfiguration ingest;

    @Inject
    DicomwebServices services;

    @Inject
    WorkitemRecord record;

    @Inject
    InputStudy studies;

    @Inject
    InputSource sources;

    @Inject
    DataSource dataSource;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean started;

    /** What can be known before a start. @throws io.quarkus.runtime.configuration.ConfigurationException that names the property */
    public static void check(WorkitemConfiguration configuration, IngestConfiguration ingest) {
        configuration
                .services()
                .forEach((name, service) ->
                        ServiceSettings.of(name, service, ingest.sources().keySet()));
    }

    public synchronized void start() {
        configuration.services().forEach((name, service) -> {
            TaskPerformer performer = performer(name, service);
            threads.add(new Thread(() -> run(name, performer), "workitems-" + name));
        });
        threads.forEach(Thread::start);
        started = true;
    }

    private TaskPerformer performer(String name, WorkitemConfiguration.Service service) {
        DicomwebArchive archive =
                services.service(ServiceSettings.PREFIX + name, name, service.url(), service, service.tls());
        UpsRs agent = new UpsRs(archive);
        return new TaskPerformer(
                name,
                ServiceSettings.of(name, service, ingest.sources().keySet()),
                agent,
                record,
                studies,
                sources,
                deliver,
                service.subscriber().map(title -> new CancelRequests(name, title, archive, record)),
                destinations::all);
    }

    private void run(String name, TaskPerformer performer) {
        BackOff backOff = new BackOff(deliver.retry().first(), deliver.retry().longest());
        int failures = 0;
        Duration wait = Duration.ZERO;
        while (!stopsWithin(wait)) {
            try {
                pass(name, performer);
                failures = 0;
                wait = LOOK_EVERY;
            } catch (DicomException e) {
                // What it could not do has a pause of its own.
                wait = LOOK_EVERY;
                LOG.warnf("workitems of %s: %s", name, e.getMessage());
                tell(name, e.getMessage());
            } catch (SQLException | RuntimeException e) {
                wait = backOff.after(++failures);
                LOG.warnf("workitems of %s: %s; next attempt in %d ms", name, e.getMessage(), wait.toMillis());
                tell(name, e.getMessage());
            } catch (Throwable e) {
                wait = backOff.after(++failures);
                LOG.errorf(e, "workitems of %s are interrupted and go on in %d ms", name, wait.toMillis());
            }
        }
    }

    private void pass(String name, TaskPerformer performer) throws DicomException, SQLException {
        Optional<AdvisoryLock> lock = AdvisoryLock.tryAcquire(dataSource, AdvisoryLock.ofWorkitems(name));
        if (lock.isPresent()) {
            try (AdvisoryLock held = lock.get()) {
                performer.pass();
            }
        }
    }

    private void tell(String name, String error) {
        try {
            record.asked(name, error);
        } catch (RuntimeException e) {
            LOG.warnf("how it stands with %s cannot be recorded: %s", name, e.getMessage());
        }
    }

    private boolean stopsWithin(Duration wait) {
        try {
            return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Scheduled(every = "10m", delayed = "10s")
    void tellOfThoseWithoutConfiguration() {
        if (started) {
            withoutConfiguration(record.withOpen(), configuration.services().keySet())
                    .forEach(name -> LOG.errorf(
                            "workitems that %s handed out have not ended, and nobody reports of them: set %s%s again until they"
                                    + " have",
                            name, ServiceSettings.PREFIX, name));
        }
    }

    @Scheduled(every = "10m", delayed = "1m")
    void forget() {
        if (!configuration.services().isEmpty()) {
            record.forget(Instant.now());
        }
    }

    /** Whether each service has a thread; where none was started, nothing is missing. */
    synchronized boolean areAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    /** Nobody reports of what these handed out, and nobody else can end it there. */
    static List<String> withoutConfiguration(List<String> withOpen, Set<String> configured) {
        return withOpen.stream().filter(name -> !configured.contains(name)).toList();
    }

    synchronized void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        for (Thread thread : threads) {
            thread.join(STOP_MILLIS);
        }
    }
}
