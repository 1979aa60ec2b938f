package org.rigatino.worker;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.rigatino.rejection.RejectionNotes;

/** Has archives told what was superseded, where they ask for it. */
@ApplicationScoped
class RejectionNoteSchedule {
    @Inject
    RejectionNotes notes;

    @Scheduled(
            every = "${rigatino.look-every:PT1S}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = WorkerStart.class)
    void work() {
        notes.work();
    }
}
