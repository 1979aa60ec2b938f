package org.rigatino.dicomweb;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.DicomwebClient;
import org.rigatino.dicom.DicomwebNode;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.ingest.Completion;
import org.rigatino.ingest.IngestService;
import org.rigatino.ingest.Sources;

/** Fetches studies (WADO-RS) into ingest, one source on one thread, so that a slow one delays no other. */
@ApplicationScoped
class Retrievals {
    private static final Logger LOG = Logger.getLogger(Retrievals.class);

    @Inject
    Sources sources;

    @Inject
    RetrievalRecord record;

    @Inject
    InstanceDoor door;

    @Inject
    IngestService ingest;

    @Inject
    Completion completion;

    @Inject
    DicomwebConfiguration configuration;

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
        for (DicomwebNode source : sources.all().values()) {
            if (busy.add(source.name())) {
                execute(source);
            }
        }
    }

    /** Without a thread, of which there may be none left for now, it is tried again. */
    private void execute(DicomwebNode source) {
        try {
            threads.execute(() -> retrieveAll(source));
        } catch (RuntimeException | Error e) {
            busy.remove(source.name());
            throw e;
        }
    }

    private void retrieveAll(DicomwebNode source) {
        try {
            Optional<RetrievalRecord.Due> due = record.take(source.name());
            while (due.isPresent() && ingest.isListening()) {
                retrieve(source, due.get());
                due = record.take(source.name());
            }
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "retrievals from %s cannot be recorded; they are tried again", source.name());
        } finally {
            busy.remove(source.name());
        }
    }

    private void retrieve(DicomwebNode source, RetrievalRecord.Due due) {
        InstanceDoor.Sender sender = new InstanceDoor.Sender(
                "WADO-RS " + source.name(), source.root().getHost());
        StoredInstances results = new StoredInstances();
        try {
            new DicomwebClient(source)
                    .retrieve(
                            due.studyInstanceUid(),
                            configuration.maxInstances(),
                            configuration.retrieval().timeLimit(),
                            part -> store(sender, due, part, results));
            List<String> stored = new ArrayList<>(results.stored());
            completion.announce(due.studyInstanceUid(), stored, sender.sender());
            record.retrieved(due, stored.size(), results.failures());
        } catch (DicomException e) {
            LOG.warnf("study %s is not retrieved: %s", due.studyInstanceUid(), e.getMessage());
            record.failed(due, e.getMessage());
        }
    }

    private void store(
            InstanceDoor.Sender sender, RetrievalRecord.Due due, java.io.InputStream part, StoredInstances results)
            throws IOException {
        door.store(sender, due.studyInstanceUid(), part, results);
        if (results.last().equals(StoreStatus.OUT_OF_RESOURCES)) {
            throw new DicomException("an instance cannot be kept now: disk or database is in trouble");
        }
    }
}
