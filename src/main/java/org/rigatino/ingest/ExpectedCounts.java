package org.rigatino.ingest;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.rigatino.dicom.AssociationAbortedException;
import org.rigatino.dicom.AssociationException;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.DicomwebClient;
import org.rigatino.dicom.QueryScu;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.UnreachableException;

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

    /** Of studies that could not be counted, which are told once. */
    private static final Duration MEMORY = Duration.ofHours(1);

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

    /** After which a study that could not be counted, or a sender whose archive was away, is asked about again: meanwhile the others have their turn. */
    private volatile Duration rest = Duration.ofMinutes(1);

    private final Map<String, InstanceCounter> counters = new ConcurrentHashMap<>();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    /** When those could not be asked last of whose studies nothing could be counted at the last attempt, which is told once; by sender. */
    private final Map<String, Instant> away = new ConcurrentHashMap<>();

    /** When studies could not be counted last, by sender. */
    private final Map<String, Map<String, Instant>> uncounted = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "expected-count"));

    void rest(Duration rest) {
        this.rest = rest;
    }

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
            try (QueryScu query = open(node)) {
                return query.countInstances(study);
            }
        };
    }

    /** Before a study is named: what fails then is no study's fault. */
    private static QueryScu open(RemoteNode node) throws UnreachableException {
        try {
            return QueryScu.open(node);
        } catch (DicomException e) {
            throw new UnreachableException(e.getMessage(), e);
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void ask() {
        if (!ingest.isListening()) {
            return;
        }
        counters.forEach((sender, counter) -> {
            if (!away.getOrDefault(sender, Instant.MIN).isAfter(Instant.now().minus(rest)) && asking.add(sender)) {
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
        Map<String, Instant> failed = uncounted.computeIfAbsent(sender, name -> new ConcurrentHashMap<>());
        try {
            for (String study : due(sender, failed)) {
                if (!isAnswered(sender, study, counter, failed)) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            LOG.debugf("studies from %s cannot be counted: %s", sender, e.getMessage());
        } finally {
            asking.remove(sender);
        }
    }

    /** @return false where no other can be counted either */
    private boolean isAnswered(String sender, String study, InstanceCounter counter, Map<String, Instant> failed) {
        try {
            completion.expect(study, counter.count(study), sender);
            failed.remove(study);
            away.remove(sender);
            return true;
        } catch (UnreachableException e) {
            if (away.put(sender, Instant.now()) == null) {
                LOG.warnf(
                        "studies from %s cannot be counted, and their quiet periods hold: %s", sender, e.getMessage());
            }
            return false;
        } catch (DicomException e) {
            away.remove(sender);
            if (failed.put(study, Instant.now()) == null) {
                LOG.warnf(
                        "instances of study %s from %s cannot be counted, and its quiet period holds: %s",
                        study, sender, e.getMessage());
            }
            return !(e instanceof AssociationException) || e instanceof AssociationAbortedException;
        }
    }

    /** Those that could not be counted a moment ago are left out; those of long ago are forgotten. */
    private List<String> due(String sender, Map<String, Instant> failed) {
        Instant rested = Instant.now().minus(rest);
        failed.values().removeIf(rested.minus(MEMORY)::isAfter);
        List<String> resting = failed.entrySet().stream()
                .filter(study -> study.getValue().isAfter(rested))
                .map(Map.Entry::getKey)
                .toList();
        Duration every = configuration.expectedCounts().get(sender).every();
        return completion.uncounted(sender, Instant.now().minus(every), resting, STUDIES_AT_ONCE);
    }
}
