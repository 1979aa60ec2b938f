package org.rigatino.worker;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.rigatino.assessment.Assessments;

/** Has answers made assessments, where somebody asks for them. */
@ApplicationScoped
class AssessmentSchedule {
    @Inject
    Assessments assessments;

    @Scheduled(
            every = "${rigatino.look-every:PT1S}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = WorkerStart.class)
    void work() {
        assessments.work();
    }
}
