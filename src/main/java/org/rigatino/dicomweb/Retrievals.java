package org.rigatino.dicomweb;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.rigatino.dicom.DicomException;
import org.rigatino.ingest.IngestService;
import org.rigatino.ingest.Sources;

/** Fetches studies into ingest, one source on one thread, so that a slow one delays no other. */
@ApplicationScoped
class Retrievals {
    private static final Logger LOG = Logger.getLogger(Retrievals.class);

    @Inject
    @Any
    Instance<Retriever> retrievers;

    @Inject
    RetrievalRecord record;

    @Inject
    IngestService ingest;

    @Inject
    Sources sources;

    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "retrieval"));

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void retrieve() {
        if (!ingest.isListening()) {
            return;
        }
        endForgotten();
        for (Retriever retriever : retrievers) {
            for (String source : retriever.sources()) {
                if (busy.add(source)) {
                    execute(retriever, source);
                }
            }
        }
    }

    /** Nobody would ever take them up, and they would count as on their way. */
    private void endForgotten() {
        try {
            record.endForgotten(sources.names());
        } catch (RuntimeException e) {
            LOG.warnf(
                    "retrievals from sources that are not configured any more cannot be ended now: %s", e.getMessage());
        }
    }

    /** Without a thread, of which there may be none left for now, it is tried again. */
    private void execute(Retriever retriever, String source) {
        try {
            threads.execute(() -> retrieveAll(retriever, source));
        } catch (RuntimeException | Error e) {
            busy.remove(source);
            throw e;
        }
    }

    private void retrieveAll(Retriever retriever, String source) {
        try {
            Optional<RetrievalRecord.Due> due = record.take(source);
            while (due.isPresent() && ingest.isListening()) {
                retrieve(retriever, due.get());
                due = record.take(source);
            }
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "retrievals from %s cannot be recorded; they are tried again", source);
        } finally {
            busy.remove(source);
        }
    }

    private void retrieve(Retriever retriever, RetrievalRecord.Due due) {
        try {
            record.retrieved(due, retriever.retrieve(due.wanted()));
        } catch (DicomException e) {
            LOG.warnf("study %s is not retrieved: %s", due.studyInstanceUid(), e.getMessage());
            record.failed(due, e.getMessage(), e instanceof HopelessRetrievalException);
        } catch (RuntimeException e) {
            LOG.errorf(e, "study %s is not retrieved", due.studyInstanceUid());
            record.failed(due, "an error that nobody foresaw of ours, see the log", false);
        }
    }
}
