package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.hibernate.Session;
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
        Session entities;

        /** Of a study whose earlier revision is on its way the next one waits for that. */
        @Transactional
        Optional<StudyReady> moreUrgentThan(StudyReady turn) {
            return entities.createNativeQuery(
                            """
                            select s.study_instance_uid, s.revision from study s
                            where s.state = 'READY' and s.published_at is not null
                              and coalesce(s.urgency, 0::smallint) > (select coalesce(max(urgency), 0) from study
                                where study_instance_uid = :uid and revision = :revision)
                              and not exists (select 1 from study e where e.study_instance_uid = s.study_instance_uid
                                and e.revision < s.revision and e.state in ('READY', 'RESTORING'))
                            order by coalesce(s.urgency, 0::smallint) desc, s.ready_at, s.id limit 1""",
                            Object[].class)
                    .setParameter("uid", turn.studyInstanceUid())
                    .setParameter("revision", turn.revision())
                    .uniqueResultOptional()
                    .map(row -> new StudyReady((String) row[0], (Integer) row[1], turn.instanceStore()));
        }
    }
}
