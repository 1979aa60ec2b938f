package org.rigatino.web;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.rigatino.access.Actor;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.ActRefusedException;
import org.rigatino.study.StudyLife;

/** Studies that were refused, or failed once they had been restored, because their instances name several patients. */
@ApplicationScoped
public class PatientsInDoubt {
    private static final Logger LOG = Logger.getLogger(PatientsInDoubt.class);
    private static final String WAITING =
            " from Study where (state = :refused and refusalRule = :rule or state = :failed and patient = :mixed)"
                    + " and supersededAt is null";

    @Inject
    EntityManager entities;

    @Inject
    StudyPatients patients;

    @Inject
    StudyLife life;

    @Inject
    ViewRecord views;

    /**
     * Who may be the patient of a study.
     *
     * @param version which whoever decides names, so that nobody decides on what they did not see
     */
    public record Doubt(String version, List<StudyPatients.Named> named) {}

    /** A revision that waits for a person to say who is right. */
    public record Waiting(String studyInstanceUid, Integer revision, Instant since) {}

    /** The last first. */
    @Transactional
    public List<Waiting> latest(int limit) {
        return waiting(
                        "select studyInstanceUid, revision, endedAt" + WAITING + " order by endedAt desc, id desc",
                        Waiting.class)
                .setMaxResults(limit)
                .getResultList();
    }

    @Transactional
    public long count() {
        return waiting("select count(*)" + WAITING, Long.class).getSingleResult();
    }

    private <T> TypedQuery<T> waiting(String query, Class<T> type) {
        return entities.createQuery(query, type)
                .setParameter("refused", StudyState.REFUSED)
                .setParameter("rule", Study.PATIENT_IDENTITY)
                .setParameter("failed", StudyState.FAILED)
                .setParameter("mixed", Study.MIXED);
    }

    /**
     * Who they are, as the files say; the look is audited before anything is read.
     *
     * @throws ActRefusedException where its patient never was in doubt: nobody has to know then; or a file of it cannot be read just
     *     now
     */
    public Doubt look(String studyInstanceUid, Actor by) {
        QuarkusTransaction.requiringNew().run(() -> requireDoubt(studyInstanceUid));
        views.identified(studyInstanceUid, by);
        // Before the instances: of those that come in between nobody says that they were seen.
        String version = life.patientsVersion(studyInstanceUid);
        try {
            return new Doubt(version, patients.named(studyInstanceUid));
        } catch (IOException e) {
            throw unread(studyInstanceUid, e);
        }
    }

    static ActRefusedException unread(String studyInstanceUid, IOException cause) {
        LOG.warnf("whose study %s is cannot be told: %s", studyInstanceUid, cause.getMessage());
        return new ActRefusedException(ActRefusedException.Reason.FILES_UNAVAILABLE, cause);
    }

    private void requireDoubt(String studyInstanceUid) {
        List<Study> revisions = entities.createQuery("from Study where studyInstanceUid = :uid", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
        if (revisions.isEmpty()) {
            throw new ActRefusedException(ActRefusedException.Reason.UNKNOWN_STUDY);
        }
        boolean doubted = revisions.stream()
                .anyMatch(study ->
                        Study.PATIENT_IDENTITY.equals(study.refusalRule()) || Study.MIXED.equals(study.patient));
        if (!doubted && !isDecided(studyInstanceUid)) {
            throw new ActRefusedException(ActRefusedException.Reason.NO_DOUBT);
        }
    }

    private boolean isDecided(String studyInstanceUid) {
        return !entities.createNativeQuery("select 1 from study_patient where study_instance_uid = :uid limit 1")
                .setParameter("uid", studyInstanceUid)
                .getResultList()
                .isEmpty();
    }
}
