package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/** Which outcomes {@code rigatino.results} has acknowledged; each look and each note is a short transaction of its own. */
@ApplicationScoped
public class Announcements {
    private static final int PAGE = 100;

    @Inject
    Session entities;

    /**
     * Revisions with an outcome that is still to be told, the lowest id first. Where judging again came to nothing, what was told
     * before holds.
     */
    @Transactional
    public List<Study> unannounced(long after) {
        return entities.createNativeQuery(
                        "select * from study where (state in ('DELIVERING', 'DELIVERED') and announced is null"
                                + " or (state in ('CONFIRMED', 'REFUSED', 'FAILED')"
                                + " or state = 'DELIVERED' and ended_at is not null)"
                                + " and announced is distinct from state)"
                                + " and not (rerun_id is not null and restored_at is null)"
                                + " and id > :after order by id limit " + PAGE,
                        Study.class)
                .setParameter("after", after)
                .getResultList();
    }

    /**
     * What has gone on since the study was read, or is replayed, stays unannounced: what that comes to is an outcome of its
     * own.
     *
     * @return whether it was noted
     */
    @Transactional
    public boolean announced(Study study, String outcome) {
        return entities.createQuery(
                                "update Study set announced = :outcome where id = :id and state not in :begun"
                                        + " and restoredAt is not distinct from :restored and endedAt is not distinct from :ended")
                        .setParameter("outcome", outcome)
                        .setParameter("id", study.id)
                        .setParameter("begun", List.of(StudyState.RECEIVING, StudyState.READY, StudyState.RESTORING))
                        .setParameter("restored", study.restoredAt)
                        .setParameter("ended", study.endedAt)
                        .executeUpdate()
                > 0;
    }
}
