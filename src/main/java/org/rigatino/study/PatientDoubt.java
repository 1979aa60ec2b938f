package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;

/** Holds a study back whose patient is in doubt by what others say of it: its own instances may well agree. */
@ApplicationScoped
class PatientDoubt {
    private static final EnumSet<StudyState> OPEN =
            EnumSet.of(StudyState.RECEIVING, StudyState.READY, StudyState.RESTORING);

    @Inject
    EntityManager entities;

    @Inject
    StudyLocks locks;

    @Inject
    AuditTrail audit;

    @Inject
    RevisionFailure failure;

    /** A worker that is at a revision finds another version of its row, and its outcome does not count. */
    @Transactional
    List<Integer> raise(String studyInstanceUid, String explanation) {
        List<Study> revisions = locks.revisions(studyInstanceUid);
        if (isDecided(studyInstanceUid)) {
            return List.of();
        }
        failure.ofRuns(
                revisions,
                StudyStage.IMAGE,
                Study.PATIENT_IDENTITY + ": " + explanation + "; look at both, and choose the study once more");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return revisions.stream()
                .filter(study -> OPEN.contains(study.state()) && study.restoredAt == null)
                .filter(study -> refuse(study, explanation, now))
                .map(study -> study.revision)
                .toList();
    }

    private boolean isDecided(String studyInstanceUid) {
        return !entities.createNativeQuery("select 1 from study_patient where study_instance_uid = :uid limit 1")
                .setParameter("uid", studyInstanceUid)
                .getResultList()
                .isEmpty();
    }

    /** Of what holds nothing to look at its reception says so when it ends. */
    private boolean refuse(Study study, String explanation, Instant now) {
        List<Instance> instances = entities.createQuery(
                        "from Instance where study = :study and outcome not in (:own, :aside)", Instance.class)
                .setParameter("study", study)
                .setParameter("own", Outcome.OWN_OUTPUT)
                .setParameter("aside", Outcome.SET_ASIDE)
                .getResultList();
        if (instances.isEmpty()) {
            return false;
        }
        for (Instance instance : instances) {
            instance.outcome = Outcome.REFUSED;
            instance.outcomeReason = Study.PATIENT_IDENTITY;
        }
        if (study.state() == StudyState.RECEIVING) {
            study.become(StudyState.READY, now);
        }
        study.imagesSeen = instances.size();
        study.patient = Study.MIXED;
        study.refuse(Study.PATIENT_IDENTITY, now);
        audit.append(
                EventKind.STUDY_REFUSED,
                study.studyInstanceUid,
                "revision " + study.revision,
                Study.PATIENT_IDENTITY + ": " + explanation);
        return true;
    }
}
