package org.rigatino.web;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.rigatino.access.Actor;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.ActRefusedException;
import org.rigatino.study.StudyLife;

/** Studies that were refused because their instances name several patients. */
@ApplicationScoped
public class PatientsInDoubt {
    private static final String WAITING =
            " from Study where state = :refused and refusalRule = :rule and supersededAt is null";

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
    public record Waiting(String studyInstanceUid, Integer revision, Instant refusedAt) {}

    /** The last refused first. */
    @Transactional
    public List<Waiting> latest(int limit) {
        return entities.createQuery(
                        "select studyInstanceUid, revision, endedAt" + WAITING + " order by endedAt desc, id desc",
                        Waiting.class)
                .setParameter("refused", StudyState.REFUSED)
                .setParameter("rule", Study.PATIENT_IDENTITY)
                .setMaxResults(limit)
                .getResultList();
    }

    @Transactional
    public long count() {
        return entities.createQuery("select count(*)" + WAITING, Long.class)
                .setParameter("refused", StudyState.REFUSED)
                .setParameter("rule", Study.PATIENT_IDENTITY)
                .getSingleResult();
    }

    /**
     * Who they are, as the files say; the look is audited before anything is read.
     *
     * @throws ActRefusedException where no revision of the study was ever refused for its patient: nobody has to know then
     */
    public Doubt look(String studyInstanceUid, Actor by) {
        List<Study> revisions = QuarkusTransaction.requiringNew().call(() -> revisions(studyInstanceUid));
        if (revisions.isEmpty()) {
            throw new ActRefusedException(ActRefusedException.Reason.UNKNOWN_STUDY);
        }
        if (revisions.stream().noneMatch(study -> Study.PATIENT_IDENTITY.equals(study.refusalRule()))) {
            throw new ActRefusedException(ActRefusedException.Reason.NO_DOUBT);
        }
        views.identified(studyInstanceUid, by);
        // Before the instances: of those that come in between nobody says that they were seen.
        String version = life.patientsVersion(studyInstanceUid);
        return new Doubt(version, patients.named(studyInstanceUid));
    }

    private List<Study> revisions(String studyInstanceUid) {
        return entities.createQuery("from Study where studyInstanceUid = :uid", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
    }
}
