package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.StudyReady;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;
import org.rigatino.worker.ClaimedStudy.ReceivedInstance;

/** The pipeline's moves of a study, each in one transaction. */
@ApplicationScoped
public class StudyRecord {
    private static final Logger LOG = Logger.getLogger(StudyRecord.class);

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    @Inject
    RestorationRecord restorations;

    /** Says where files are: an event, which anybody may write who reaches the broker, does not. */
    @Inject
    IngestConfiguration ingestConfiguration;

    /** Empty where the revision is unknown, or has been restored, refused or failed before. */
    @Transactional
    public Optional<ClaimedStudy> claim(StudyReady ready) {
        Study study = entities.createQuery(
                        "from Study where studyInstanceUid = :uid and revision = :revision", Study.class)
                .setParameter("uid", ready.studyInstanceUid())
                .setParameter("revision", ready.revision())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResultOrNull();
        if (study == null) {
            audit.append(
                    EventKind.EVENT_REFUSED,
                    ready.studyInstanceUid(),
                    "revision " + ready.revision(),
                    "rigatino.studies names a study revision that is not on record");
            return Optional.empty();
        }
        if (!study.state().mayBecome(StudyState.RESTORING)) {
            return Optional.empty();
        }
        study.become(StudyState.RESTORING, Instant.now());
        OffsetDateTime contentTime = study.contentTime(OffsetDateTime.now());
        entities.flush();
        Path store = ingestConfiguration.store();
        return Optional.of(new ClaimedStudy(
                study.id,
                study.studyInstanceUid,
                study.revision,
                study.version,
                contentTime,
                toRestore(study, store),
                files(study, store),
                known(study),
                decidedAt(study)));
    }

    private List<ReceivedInstance> toRestore(Study study, Path store) {
        return entities.createQuery(
                        "from Instance where study = :study and outcome not in (:done, :own, :aside)"
                                + " order by seriesInstanceUid, id",
                        Instance.class)
                .setParameter("study", study)
                .setParameter("done", Instance.Outcome.RESTORED)
                .setParameter("own", Instance.Outcome.OWN_OUTPUT)
                .setParameter("aside", Instance.Outcome.SET_ASIDE)
                .getResultStream()
                .map(row -> new ReceivedInstance(row.id, row.sopInstanceUid, store.resolve(row.location), row.sha256))
                .toList();
    }

    private List<Path> files(Study study, Path store) {
        return entities.createQuery(
                        "select location from Instance where study.studyInstanceUid = :uid and outcome <> :own"
                                + " and (outcome <> :aside or outcomeReason = :doubt) order by id",
                        String.class)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("own", Instance.Outcome.OWN_OUTPUT)
                .setParameter("aside", Instance.Outcome.SET_ASIDE)
                .setParameter("doubt", PatientIdentity.RULE)
                .getResultStream()
                .map(store::resolve)
                .toList();
    }

    private PatientIdentity.Known known(Study study) {
        @SuppressWarnings("unchecked")
        List<String> right = entities.createNativeQuery(
                        "select patient from study_patient where study_instance_uid = :uid", String.class)
                .setParameter("uid", study.studyInstanceUid)
                .getResultList();
        return new PatientIdentity.Known(earlier(study), Set.copyOf(right));
    }

    private Instant decidedAt(Study study) {
        return (Instant) entities.createNativeQuery(
                        "select max(decided_at) from study_patient where study_instance_uid = :uid", Instant.class)
                .setParameter("uid", study.studyInstanceUid)
                .getSingleResult();
    }

    private List<String> earlier(Study study) {
        return entities.createQuery(
                        "select distinct patient from Study where studyInstanceUid = :uid and id <> :id"
                                + " and patient is not null and supersededAt is null",
                        String.class)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("id", study.id)
                .getResultList();
    }

    /** Findings, outputs, deliveries, audit events and the state, together or not at all. */
    @Transactional
    public void restored(ClaimedStudy claimed, RestoredStudy result) {
        ifStillClaimed(claimed).ifPresent(study -> {
            study.patient = result.patient().orElse(study.patient);
            restorations.write(study, result);
        });
    }

    /** Nothing of the study is restored. */
    @Transactional
    public void refused(ClaimedStudy claimed, String rule, String explanation) {
        ifStillClaimed(claimed).ifPresent(study -> {
            for (ReceivedInstance instance : claimed.instances()) {
                Instance row = entities.find(Instance.class, instance.id());
                row.outcome = Instance.Outcome.REFUSED;
                row.outcomeReason = rule;
            }
            study.imagesSeen = claimed.instances().size();
            study.patient = rule.equals(PatientIdentity.RULE) ? PatientIdentity.MIXED : study.patient;
            study.refuse(rule, Instant.now());
            audit.append(
                    EventKind.STUDY_REFUSED,
                    study.studyInstanceUid,
                    "revision " + study.revision,
                    rule + ": " + explanation);
        });
    }

    /** Kept for replay: instances stay as they are. */
    @Transactional
    public void failed(ClaimedStudy claimed, StudyStage stage, String cause) {
        ifStillClaimed(claimed).ifPresent(study -> {
            study.imagesSeen = claimed.instances().size();
            study.fail(stage, cause, Instant.now());
            audit.append(
                    EventKind.STUDY_FAILED, study.studyInstanceUid, "revision " + study.revision, stage + ": " + cause);
        });
    }

    /** What came of the study cannot be written. Kept for replay. */
    @Transactional
    public void abandoned(StudyReady ready, String cause) {
        Study study = entities.createQuery(
                        "from Study where studyInstanceUid = :uid and revision = :revision", Study.class)
                .setParameter("uid", ready.studyInstanceUid())
                .setParameter("revision", ready.revision())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResultOrNull();
        if (study != null && (study.state() == StudyState.READY || study.state() == StudyState.RESTORING)) {
            study.fail(StudyStage.RECORD, cause, Instant.now());
            audit.append(
                    EventKind.STUDY_FAILED,
                    study.studyInstanceUid,
                    "revision " + study.revision,
                    StudyStage.RECORD + ": " + cause);
        }
    }

    /** An event that no study can be found from. */
    @Transactional
    public void unreadable(String topic, int partition, long offset, String problem) {
        audit.append(EventKind.EVENT_REFUSED, null, topic + "-" + partition + "@" + offset, problem);
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
