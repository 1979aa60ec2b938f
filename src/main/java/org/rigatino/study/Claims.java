package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;
import org.rigatino.study.ClaimedStudy.ReceivedInstance;
import org.rigatino.study.ClaimedStudy.RestoredBefore;

/** Takes study revisions on, with all that is to be known of them. */
@ApplicationScoped
class Claims {
    private static final Logger LOG = Logger.getLogger(Claims.class);

    /**
     * Workers that may die of a revision. Who is stopped gives it back, and is none of them; a few are left to the cuts of
     * power, kills and lost connections that have nothing to do with the study.
     */
    static final int MOST_DEATHS = 5;

    @Inject
    Session entities;

    @Inject
    AuditTrail audit;

    @Inject
    FinishedStudies finished;

    @Inject
    RevisionFailure failure;

    /** Objects that stand of a revision that was restored and is to be taken on again; none of any other. */
    @Transactional
    List<Output> standing(String studyInstanceUid, int revision) {
        return entities.createQuery(
                        "from Output o where o.study.studyInstanceUid = :uid and o.study.revision = :revision"
                                + " and o.study.restoredAt is not null and o.study.outputsDeletedAt is null"
                                + " and o.study.state in :taken and " + Output.IS_OF_STUDY + " and " + Output.STANDS
                                + " order by o.id",
                        Output.class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("revision", revision)
                .setParameter("taken", EnumSet.of(StudyState.READY, StudyState.RESTORING))
                .getResultList();
    }

    /**
     * Within the revision's lock: what others began of it, nobody is at any more. FAILED where that was too often.
     *
     * @param lost ids of its outputs whose files are gone
     * @return empty where the revision is unknown, has been restored, refused or failed before, or fails now
     */
    @Transactional
    Optional<ClaimedStudy> claim(String studyInstanceUid, int revision, List<Long> lost) {
        Optional<Study> found = locked(studyInstanceUid, revision);
        if (found.isEmpty()) {
            audit.append(
                    EventKind.EVENT_REFUSED,
                    studyInstanceUid,
                    "revision " + revision,
                    "rigatino.studies names a study revision that is not on record");
        }
        return found.filter(study -> study.state().mayBecome(StudyState.RESTORING))
                .filter(this::letsWorkersLive)
                .map(study -> claim(study, lost));
    }

    private boolean letsWorkersLive(Study study) {
        int deaths = study.unendedClaims();
        if (deaths < MOST_DEATHS) {
            return true;
        }
        LOG.errorf(
                "study %s revision %d fails: %d workers ended while they restored it",
                study.studyInstanceUid, study.revision, deaths);
        failure.record(
                study,
                StudyStage.RESTORE,
                deaths + " times in a row the worker's process ended while it restored the study, out of memory, killed"
                        + " or by a crash of native code: see what the workers' last lines and their machines say of it,"
                        + " mend that, as by more memory for workers, and replay the study");
        return false;
    }

    /** The claim ends without an outcome and without harm: nothing where somebody else has taken the study on since. */
    @Transactional
    void givenBack(ClaimedStudy claimed) {
        entities.createNativeQuery("update study set unended_claims = unended_claims - 1 where id = :id"
                        + " and version = :version and state = 'RESTORING' and unended_claims > 0")
                .setParameter("id", claimed.id())
                .setParameter("version", claimed.version())
                .executeUpdate();
    }

    /** Within the caller's transaction. */
    Optional<Study> locked(String studyInstanceUid, int revision) {
        return Optional.ofNullable(
                entities.createQuery("from Study where studyInstanceUid = :uid and revision = :revision", Study.class)
                        .setParameter("uid", studyInstanceUid)
                        .setParameter("revision", revision)
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getSingleResultOrNull());
    }

    private ClaimedStudy claim(Study study, List<Long> lost) {
        study.become(StudyState.RESTORING, Instant.now());
        OffsetDateTime contentTime = study.contentTime(OffsetDateTime.now());
        entities.flush();
        return new ClaimedStudy(
                study.id,
                study.studyInstanceUid,
                study.revision,
                study.version,
                contentTime,
                study.judgesAgain() ? received(finished.instances(study.studyInstanceUid)) : toRestore(study, lost),
                restoredBefore(study),
                identifying(study),
                earlierPatients(study),
                decidedPatients(study),
                decidedAt(study),
                study.rerunId != null);
    }

    /**
     * What is restored is not restored again, unless a release did it that does not serve any more, or a file of what that run
     * made is lost: all of the run then, since frames are joined with others, and objects of a series are of all of it.
     */
    private List<ReceivedInstance> toRestore(Study study, List<Long> lost) {
        List<Instance> rows = entities.createNativeQuery(
                        """
                        select i.* from instance i where i.study_id = :study and (i.outcome not in ('RESTORED', 'OWN_OUTPUT',
                            'SET_ASIDE')
                          or i.outcome = 'RESTORED' and exists (select 1 from finding f join release_standing r
                            on r.model_digest = f.model_digest and r.standing = 'SHADOW' where f.instance_id = i.id
                            and f.created_at = (select max(created_at) from finding where instance_id = i.id))
                          or i.outcome = 'RESTORED' and (select max(created_at) from finding where instance_id = i.id) in
                            (select f.created_at from finding f where f.id in (select finding_id from output
                              where id = any (cast(:lost as bigint[])) union all select finding_id from output_finding
                              where output_id = any (cast(:lost as bigint[])))))
                        order by i.series_instance_uid, i.id""",
                        Instance.class)
                .setParameter("study", study.id)
                .setParameter("lost", lost.toArray(Long[]::new))
                .getResultList();
        return received(rows);
    }

    private static List<ReceivedInstance> received(List<Instance> rows) {
        return rows.stream().map(Claims::received).toList();
    }

    private static ReceivedInstance received(Instance row) {
        return new ReceivedInstance(row.id, row.sopInstanceUid, row.location, row.sha256, row.callingAeTitle);
    }

    private List<RestoredBefore> restoredBefore(Study study) {
        List<Instance> rows = entities.createNativeQuery(
                        """
                        select distinct on (i.series_instance_uid, i.calling_ae_title) i.* from instance i
                          join study s on s.id = i.study_id
                        where s.study_instance_uid = :uid and s.superseded_at is null and i.outcome = 'RESTORED'
                        order by i.series_instance_uid, i.calling_ae_title, i.id""",
                        Instance.class)
                .setParameter("uid", study.studyInstanceUid)
                .getResultList();
        return rows.stream()
                .map(row -> new RestoredBefore(received(row), row.study.ruledDestinations))
                .toList();
    }

    private List<String> identifying(Study study) {
        return entities.createQuery(
                        "select location from Instance where study.studyInstanceUid = :uid and outcome <> :own"
                                + " and (outcome <> :aside or outcomeReason = :doubt) order by id",
                        String.class)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("own", Instance.Outcome.OWN_OUTPUT)
                .setParameter("aside", Instance.Outcome.SET_ASIDE)
                .setParameter("doubt", Study.PATIENT_IDENTITY)
                .getResultList();
    }

    private Set<String> decidedPatients(Study study) {
        return Set.copyOf(entities.createNativeQuery(
                        "select patient from study_patient where study_instance_uid = :uid", String.class)
                .setParameter("uid", study.studyInstanceUid)
                .getResultList());
    }

    private Instant decidedAt(Study study) {
        return entities.createNativeQuery(
                        "select max(decided_at) from study_patient where study_instance_uid = :uid", Instant.class)
                .setParameter("uid", study.studyInstanceUid)
                .getSingleResult();
    }

    /** A revision that is in doubt since it was restored is waited for, and is no witness. */
    private List<String> earlierPatients(Study study) {
        return entities.createQuery(
                        "select distinct patient from Study where studyInstanceUid = :uid and id <> :id"
                                + " and patient is not null and supersededAt is null"
                                + " and not (state = :failed and patient = :mixed)",
                        String.class)
                .setParameter("failed", StudyState.FAILED)
                .setParameter("mixed", Study.MIXED)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("id", study.id)
                .getResultList();
    }
}
