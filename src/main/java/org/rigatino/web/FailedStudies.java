package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** What waits for somebody to mend the cause and replay it. By the partial index study_under_way. */
@ApplicationScoped
public class FailedStudies {
    private static final String FAILED =
            " from Study s where s.state = org.rigatino.persistence.StudyState.FAILED and s.supersededAt is null";

    @Inject
    EntityManager entities;

    /**
     * A failed revision.
     *
     * @param attempts of the failed delivery that was refused most often; null where none of its deliveries failed
     */
    public record FailedStudy(
            String studyInstanceUid,
            Integer revision,
            String stage,
            String cause,
            Instant failedAt,
            Integer attempts) {}

    /** How many revisions failed at a stage. */
    public record FailedStage(String stage, Long revisions) {}

    /** The last to fail first. */
    @Transactional
    public List<FailedStudy> latest(int limit) {
        return entities.createQuery(
                        "select s.studyInstanceUid, s.revision, s.failedStage, s.failureCause, s.endedAt,"
                                + " (select max(d.attempts) from Delivery d where d.study = s"
                                + " and d.state = org.rigatino.persistence.Delivery.State.FAILED)" + FAILED
                                + " order by s.endedAt desc, s.id desc",
                        FailedStudy.class)
                .setMaxResults(limit)
                .getResultList();
    }

    @Transactional
    public List<FailedStage> stages() {
        return entities.createQuery(
                        "select s.failedStage, count(s)" + FAILED + " group by s.failedStage order by s.failedStage",
                        FailedStage.class)
                .getResultList();
    }
}
