package org.rigatino.assessment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.rigatino.answer.AnswerGiven;

/** Answers on their way to the outbox: each is on record with its answer, so that none is lost where a process ends. */
@ApplicationScoped
public class Assessments {
    private static final Logger LOG = Logger.getLogger(Assessments.class);
    private static final int AT_ONCE = 100;

    @Inject
    AssessmentRows rows;

    @Inject
    AssessmentWriter writer;

    /** Within the transaction of the answer. */
    void given(@Observes AnswerGiven answer) {
        rows.add(answer.answerId());
    }

    /** Of all processes one at a time takes an answer; what fails is tried again, later each time and without end. */
    public void work() {
        for (long answer : rows.waiting(AT_ONCE)) {
            try {
                writer.write(answer);
            } catch (IOException | RuntimeException e) {
                LOG.warnf("answer %d is not made an assessment yet: %s", answer, e.getMessage());
                rows.failed(answer, e.getMessage());
            }
        }
    }
}
