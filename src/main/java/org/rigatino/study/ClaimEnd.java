package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.ClaimedStudy.ReceivedInstance;
import org.rigatino.study.Restored.InstanceResult;

/** What a claim comes to, each in one transaction; nothing where somebody else has taken the study on since. */
@ApplicationScoped
class ClaimEnd {
    private static final Logger LOG = Logger.getLogger(ClaimEnd.class);

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    @Inject
    Claims claims;

    @Inject
    RestoredRows rows;

    @Inject
    RestoredAgain again;

    @Inject
    TakenAway taken;

    @Inject
    AbsentJudges absent;

    @Inject
    Routing routing;

    @Inject
    StudyLocks locks;

    @Inject
    NextRevision next;

    @Inject
    RevisionFailure failure;

    /** Findings, outputs, deliveries, audit events and the state, together or not at all. */
    @Transactional
    void restored(ClaimedStudy claimed, Restored result) {
        requireAll(claimed, result);
        lock(claimed);
        ifStillClaimed(claimed).ifPresent(study -> {
            if (!study.judgesAgain() && again.isInDoubtSince(study, claimed)) {
                refused(
                        claimed,
                        Study.PATIENT_IDENTITY,
                        "what names another patient came while its images were judged; nothing of them is recorded or sent");
                return;
            }
            Optional<String> unjudged = study.judgesAgain() ? Optional.empty() : absent.of(study, result);
            if (unjudged.isPresent()) {
                failure.record(study, StudyStage.RESTORE, unjudged.get());
                return;
            }
            Optional<String> gone = study.judgesAgain() ? Optional.empty() : taken.away(study, result);
            if (gone.isPresent()) {
                failure.record(study, StudyStage.DELIVER, gone.get());
                return;
            }
            Optional<String> stays = study.judgesAgain() ? again.replace(study, claimed, result) : Optional.empty();
            if (stays.isPresent()) {
                study.imagesSeen = claimed.instances().size();
                failure.record(study, StudyStage.IMAGE, stays.get());
            } else {
                study.patient = result.patient().orElse(study.patient);
                rows.write(study, result);
            }
        });
    }

    /** Also what may be withdrawn: of the revision, or of all that it supersedes. */
    private void lock(ClaimedStudy claimed) {
        routing.hold();
        if (claimed.again()) {
            locks.deliveries(claimed.studyInstanceUid());
            locks.revisions(claimed.studyInstanceUid());
        } else {
            locks.deliveries(claimed.studyInstanceUid(), claimed.id());
        }
    }

    /** An instance of which nothing is said would be lost without a word. */
    private static void requireAll(ClaimedStudy claimed, Restored result) {
        Set<Long> told =
                result.instances().stream().map(InstanceResult::instance).collect(Collectors.toSet());
        List<String> missing = claimed.instances().stream()
                .filter(instance -> !told.contains(instance.id()))
                .map(ReceivedInstance::sopInstanceUid)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("nothing is said of " + missing.size() + " instances of study "
                    + claimed.studyInstanceUid() + " revision " + claimed.revision() + ", the first " + missing.get(0));
        }
    }

    /** Nothing of the study is restored. What was restored before, and is replayed, stays so: the revision fails once more. */
    @Transactional
    void refused(ClaimedStudy claimed, String rule, String explanation) {
        ifStillClaimed(claimed).ifPresent(study -> {
            if (study.judgesAgain()) {
                study.imagesSeen = claimed.instances().size();
                failure.record(study, StudyStage.IMAGE, "refused by " + rule + ": " + explanation);
                return;
            }
            if (study.restoredAt != null) {
                refusedOnceRestored(study, rule, explanation);
                return;
            }
            for (ReceivedInstance instance : claimed.instances()) {
                Instance row = entities.find(Instance.class, instance.id());
                row.outcome = Outcome.REFUSED;
                row.outcomeReason = rule;
            }
            study.imagesSeen = claimed.instances().size();
            study.patient = rule.equals(Study.PATIENT_IDENTITY) ? Study.MIXED : study.patient;
            study.refuse(rule, Instant.now());
            audit.append(
                    EventKind.STUDY_REFUSED,
                    study.studyInstanceUid,
                    "revision " + study.revision,
                    rule + ": " + explanation);
        });
    }

    /** Where no other revision waits refused so, its own images were the same then, and whose it is is in doubt since. */
    private void refusedOnceRestored(Study study, String rule, String explanation) {
        boolean byAnother = next.all(study.studyInstanceUid).stream()
                .anyMatch(revision ->
                        revision.supersededAt == null && Study.PATIENT_IDENTITY.equals(revision.refusalRule()));
        study.patient = byAnother ? study.patient : Study.MIXED;
        failure.record(
                study,
                StudyStage.DELIVER,
                rule + ", which nothing said when it was restored: " + explanation
                        + "; what it came to stands and is not sent before a person has said who is right"
                        + (byAnother
                                ? ""
                                : ", or what was changed since it was restored is taken back, as"
                                        + " rigatino.ingest.unknown-patient-values")
                        + ": then replay the study");
    }

    /** Kept for replay: instances stay as they are. */
    @Transactional
    void failed(ClaimedStudy claimed, StudyStage stage, String cause) {
        ifStillClaimed(claimed).ifPresent(study -> {
            study.imagesSeen = study.restoredAt == null ? claimed.instances().size() : study.imagesSeen;
            failure.record(study, stage, cause);
        });
    }

    /** Left to whoever takes it on next. */
    void givenBack(ClaimedStudy claimed) {
        claims.givenBack(claimed);
    }

    /** What is neither restored, refused nor failed by now is failed. */
    @Transactional
    void abandoned(String studyInstanceUid, int revision, String cause) {
        claims.locked(studyInstanceUid, revision)
                .filter(study -> study.state() == StudyState.READY || study.state() == StudyState.RESTORING)
                .ifPresent(study -> failure.record(study, StudyStage.RECORD, cause));
    }

    private Optional<Study> ifStillClaimed(ClaimedStudy claimed) {
        Study study = entities.find(Study.class, claimed.id(), LockModeType.PESSIMISTIC_WRITE);
        if (study.version != claimed.version() || study.state() != StudyState.RESTORING) {
            LOG.infof(
                    "study %s revision %d was taken on by another worker; its outcome counts",
                    study.studyInstanceUid, study.revision);
            return Optional.empty();
        }
        return Optional.of(study);
    }
}
