package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rigatino.ingest.StudyReady;
import org.rigatino.pipeline.StageException;

/**
 * Studies that the rules of the house have taken up sooner than one whose turn it is. They are taken by the record, whatever
 * partition their event waits in: that finds them done when it comes.
 */
@ApplicationScoped
class Overtaking {
    private static final Logger LOG = Logger.getLogger(Overtaking.class);

    @Inject
    Waiting waiting;

    @Inject
    StudyWorker worker;

    /**
     * Takes on whatever waits and is more urgent, the most urgent first, until nothing is or another process is at it. What it
     * comes to that cannot be recorded is left to the study's own event.
     */
    void before(StudyReady turn) throws InterruptedException {
        Optional<StudyReady> next = waiting.moreUrgentThan(turn);
        while (next.isPresent() && take(next.get())) {
            next = waiting.moreUrgentThan(turn);
        }
    }

    private boolean take(StudyReady study) throws InterruptedException {
        try {
            return worker.process(study);
        } catch (RuntimeException | Error e) {
            LOG.warnf(
                    "study %s revision %d, which is urgent, cannot be taken on before its turn: %s",
                    study.studyInstanceUid(), study.revision(), StageException.describe(e));
            return false;
        }
    }

    /** What the record has READY for a worker. */
    @ApplicationScoped
    static class Waiting {
        @Inject
        EntityManager entities;

        @Transactional
        @SuppressWarnings("unchecked")
        Optional<StudyReady> moreUrgentThan(StudyReady turn) {
            return entities.createNativeQuery(
                            """
                            select study_instance_uid, revision from study
                            where state = 'READY' and published_at is not null
                              and coalesce(urgency, 0::smallint) > (select coalesce(max(urgency), 0) from study
                                where study_instance_uid = :uid and revision = :revision)
                            order by coalesce(urgency, 0::smallint) desc, ready_at, id limit 1""",
                            Object[].class)
                    .setParameter("uid", turn.studyInstanceUid())
                    .setParameter("revision", turn.revision())
                    .getResultStream()
                    .findFirst()
                    .map(row -> new StudyReady(
                            (String) ((Object[]) row)[0],
                            ((Number) ((Object[]) row)[1]).intValue(),
                            turn.instanceStore()));
        }
    }
}
