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
import org.rigatino.dicom.LimitPassedException;
import org.rigatino.dicom.LimitPassedException.Limit;
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
            // Nobody else takes up for more than an hour what was taken and not begun.
            while (ingest.isListening()) {
                Optional<RetrievalRecord.Due> due = record.take(source);
                if (due.isEmpty()) {
                    return;
                }
                retrieve(retriever, due.get());
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
        } catch (LimitPassedException e) {
            failed(due, e.getMessage() + "; " + setting(e.limit()), isHopeless(e.limit(), due.attempts()));
        } catch (DicomException e) {
            failed(due, e.getMessage(), e instanceof HopelessRetrievalException);
        } catch (RuntimeException e) {
            LOG.errorf(e, "study %s is not retrieved", due.studyInstanceUid());
            record.failed(due, "an error that nobody foresaw of ours, see the log", false);
        }
    }

    private void failed(RetrievalRecord.Due due, String reason, boolean hopeless) {
        LOG.warnf("study %s is not retrieved: %s", due.studyInstanceUid(), reason);
        record.failed(due, reason, hopeless);
    }

    /** A source that was slow once need not be again; a study that is too large stays so. */
    private static boolean isHopeless(Limit limit, int attempts) {
        return limit == Limit.INSTANCES || attempts > 1;
    }

    private static String setting(Limit limit) {
        return limit == Limit.INSTANCES
                ? "rigatino.dicomweb.max-instances says how many one study may have"
                : "rigatino.dicomweb.retrieval.time-limit says how long one study may take";
    }
}
