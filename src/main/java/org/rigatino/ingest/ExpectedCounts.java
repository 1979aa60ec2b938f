package org.rigatino.ingest;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.DicomwebClient;
import org.rigatino.dicom.QueryScu;
import org.rigatino.dicom.RemoteNode;

/**
 * Asks where a sender's studies come from how many instances they have, so that a study whose instances are all here
 * waits no longer. One that cannot be asked delays nobody: the quiet period holds then, and each is asked on a thread of
 * its own.
 */
@ApplicationScoped
class ExpectedCounts {
    private static final Logger LOG = Logger.getLogger(ExpectedCounts.class);
    private static final String PREFIX = "rigatino.ingest.expected-counts.";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int STUDIES_AT_ONCE = 50;

    /** How many instances a service holds of a study. */
    private interface InstanceCounter {
        int count(String studyInstanceUid) throws DicomException;
    }

    @Inject
    IngestConfiguration configuration;

    @Inject
    IngestService ingest;

    @Inject
    Completion completion;

    @Inject
    Sources sources;

    @Inject
    EntityManager entities;

    private final Map<String, InstanceCounter> counters = new ConcurrentHashMap<>();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "expected-count"));

    void start(@Observes StartupEvent event) {
        sources.services();
        sources.archives();
        configuration.expectedCounts().forEach((sender, settings) -> counters.put(sender, counter(sender, settings)));
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    private InstanceCounter counter(String sender, IngestConfiguration.Counter settings) {
        if (settings.source().isPresent()) {
            String name = settings.source().get();
            return ofSource(sender, name);
        }
        if (settings.host().isEmpty()
                || settings.port().isEmpty()
                || settings.aeTitle().isEmpty()) {
            throw new ConfigurationException(
                    PREFIX + sender + " needs .host, .port and .ae-title for C-FIND, or .source");
        }
        return byQuery(new RemoteNode(
                settings.host().get(),
                settings.port().get(),
                settings.aeTitle().get(),
                configuration.aeTitle(),
                CONNECT,
                ANSWER));
    }

    private InstanceCounter ofSource(String sender, String name) {
        if (sources.services().containsKey(name)) {
            return new DicomwebClient(sources.services().get(name))::count;
        }
        if (!sources.archives().containsKey(name)) {
            throw new ConfigurationException(
                    PREFIX + sender + ".source names " + name + ", and there is no rigatino.ingest.sources." + name);
        }
        return byQuery(sources.archives().get(name).withinAtMost(ANSWER));
    }

    private static InstanceCounter byQuery(RemoteNode node) {
        return study -> {
            try (QueryScu query = QueryScu.open(node)) {
                return query.countInstances(study);
            }
        };
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void ask() {
        if (!ingest.isListening()) {
            return;
        }
        counters.forEach((sender, counter) -> {
            if (asking.add(sender)) {
                execute(sender, counter);
            }
        });
    }

    /** Without a thread, of which there may be none left for now, it is tried again. */
    private void execute(String sender, InstanceCounter counter) {
        try {
            threads.execute(() -> ask(sender, counter));
        } catch (RuntimeException | Error e) {
            asking.remove(sender);
            throw e;
        }
    }

    private void ask(String sender, InstanceCounter counter) {
        try {
            for (String study : receivingFrom(sender)) {
                completion.expect(study, counter.count(study), sender);
            }
        } catch (DicomException | RuntimeException e) {
            LOG.debugf("instances of studies from %s cannot be counted: %s", sender, e.getMessage());
        } finally {
            asking.remove(sender);
        }
    }

    /** Studies that nothing has come of for a moment, and that were not asked about just now. */
    @SuppressWarnings("unchecked")
    @Transactional
    List<String> receivingFrom(String sender) {
        Instant before =
                Instant.now().minus(configuration.expectedCounts().get(sender).every());
        return entities.createNativeQuery(
                        """
                        select s.study_instance_uid from study s
                        where s.state = 'RECEIVING' and s.last_received_at <= :before
                          and exists (select 1 from instance i where i.study_id = s.id and i.calling_ae_title = :sender)
                          and not exists (select 1 from expected_count e where e.told_by = :sender
                            and e.study_instance_uid = s.study_instance_uid and e.told_at > :before)
                        order by s.last_received_at""",
                        String.class)
                .setParameter("sender", sender)
                .setParameter("before", before)
                .setMaxResults(STUDIES_AT_ONCE)
                .getResultList();
    }
}
