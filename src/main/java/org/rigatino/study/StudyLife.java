package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.access.Actor;
import org.rigatino.persistence.AdvisoryLock;
import org.rigatino.persistence.Study;

/**
 * Every move of a study revision from one state to another, with its locks and its audit rows: there is no other way to
 * move one. A move joins the caller's transaction where there is one. Safe for use by several threads and processes.
 *
 * <p>Locks are taken in one order, by all packages: destinations, then {@link
 * org.rigatino.persistence.StudyDeliveries} of one study, which whoever adds deliveries holds, then deliveries by their ids, then the row of a rejection note or
 * of an assessment, then first revisions by their ids, then later ones by their ids; the audit chain comes last by construction,
 * see {@link org.rigatino.audit.AuditTrail}.
 */
@ApplicationScoped
public class StudyLife {
    private static final Logger LOG = Logger.getLogger(StudyLife.class);

    @Inject
    ReceptionEnd reception;

    @Inject
    Claims claims;

    @Inject
    LostObjects lost;

    @Inject
    ClaimEnd ends;

    @Inject
    DeliveryOutcome deliveries;

    @Inject
    Replay replay;

    @Inject
    PatientChoice patients;

    @Inject
    PatientDoubt doubt;

    @Inject
    JudgementAnew judgement;

    @Inject
    JudgementAgain again;

    @Inject
    DataSource dataSource;

    /**
     * An instance, or one of its versions.
     *
     * @param patient whom it names; null where nobody can tell
     */
    public record NamedInstance(long id, String patient) {}

    /**
     * What the choice of a patient came to.
     *
     * @param revision in which the study goes on; null where all that is the patient's is restored already
     * @param instances of that revision
     * @param setAside versions of instances that are not worked on
     * @param withdrawn revisions whose results were another patient's
     */
    public record Decided(Integer revision, int instances, int setAside, List<Integer> withdrawn) {}

    /**
     * In which revision a study is judged anew, and how many instances.
     *
     * @param instances none where it is only the patient that was in doubt
     */
    public record Judged(int revision, int instances) {}

    /**
     * What a person can do about a study.
     *
     * @param files whether they are kept
     * @param unsettled whether anything was refused, or could not be read
     */
    public record Possible(boolean files, boolean unsettled) {
        public boolean isJudgedAnew() {
            return files && unsettled;
        }
    }

    /**
     * RECEIVING becomes READY, or REFUSED where all that came are own outputs.
     *
     * @param completedBy says, under the study's lock and in its transaction, what ends the wait for more instances; empty
     *     where nothing does
     * @return the revision where it was moved
     */
    public Optional<Study> endReception(long id, Function<Study, Optional<String>> completedBy, Instant now) {
        return reception.end(id, completedBy, now);
    }

    /**
     * READY, or RESTORING where its worker died, becomes RESTORING; FAILED where {@value Claims#MOST_DEATHS} died in a row. Of all threads and processes one holds a revision. Call
     * it outside a transaction; takes a connection of its own until the claim is closed.
     *
     * @return empty where another holds it, it is not on record, or it has been restored, refused or failed before, or
     *     fails now
     */
    public Optional<StudyClaim> claim(String studyInstanceUid, int revision) {
        return owned(studyInstanceUid, revision, owner -> claims.claim(
                        studyInstanceUid, revision, lost.of(studyInstanceUid, revision))
                .map(study -> new StudyClaim(study, ends, owner)));
    }

    /**
     * What came of a revision cannot be recorded: FAILED at {@link org.rigatino.persistence.StudyStage#RECORD} where it is
     * READY or RESTORING and nobody holds it.
     */
    public void abandon(String studyInstanceUid, int revision, String cause) {
        owned(studyInstanceUid, revision, owner -> {
            ends.abandoned(studyInstanceUid, revision, cause);
            return Optional.empty();
        });
    }

    /** @param held keeps the lock where it gives something, which lets go of it then */
    private <T> Optional<T> owned(String studyInstanceUid, int revision, Function<AdvisoryLock, Optional<T>> held) {
        String name = AdvisoryLock.ofRevision(studyInstanceUid, revision);
        try {
            AdvisoryLock owner = AdvisoryLock.tryAcquire(dataSource, name).orElse(null);
            if (owner == null) {
                LOG.infof(
                        "study %s revision %d is another worker's, whose outcome will count",
                        studyInstanceUid, revision);
                return Optional.empty();
            }
            Optional<T> kept = Optional.empty();
            try {
                kept = held.apply(owner);
                return kept;
            } finally {
                if (kept.isEmpty()) {
                    owner.close();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the lock of a study is out of reach: " + e.getMessage(), e);
        }
    }

    /**
     * Moves studies on as far as their deliveries have come: DELIVERED, CONFIRMED, or FAILED. Call it behind each move of a
     * delivery, in its transaction.
     */
    public void delivered(Collection<Long> studyIds) {
        deliveries.settle(studyIds);
    }

    /**
     * FAILED becomes READY, whatever was restored stays.
     *
     * @return how many revisions had failed and are READY again
     */
    public int replay(String studyInstanceUid, Actor by) {
        return replay.replay(studyInstanceUid, by);
    }

    /**
     * Replays studies that failed at a stage, each in a transaction of its own, {@value Replay#MOST} of them at most.
     *
     * @return how many revisions are READY again
     */
    public int replayAll(String stage, Actor by) {
        return replay.failedAt(stage).stream()
                .mapToInt(study -> replay.replay(study, by))
                .sum();
    }

    /**
     * A person has said who the study's patient is. Their instances go on in a new revision, all others are set aside, and
     * results that were made of those are withdrawn.
     *
     * @param seen what {@link #patientsVersion} was when the person looked
     * @param versions of every instance, in the order in which they came
     * @param right names of the patient
     * @throws ActRefusedException where nothing was changed
     */
    public Decided choosePatient(
            String studyInstanceUid, String seen, List<NamedInstance> versions, Set<String> right, Actor by) {
        return patients.choose(studyInstanceUid, seen, versions, right, by);
    }

    /** Another one as soon as instances came, somebody had the study judged anew, or said who its patient is. */
    public String patientsVersion(String studyInstanceUid) {
        return patients.version(studyInstanceUid);
    }

    /**
     * What is received, ready or being restored and was not restored before becomes REFUSED as patient-identity, and what
     * comes later is refused too, until a person has said who is right, or has it judged anew. Nothing changes where a
     * person has said so before.
     *
     * @param explanation who says what of the patient; never patient data
     * @return the revisions that are held back
     */
    public List<Integer> doubtPatient(String studyInstanceUid, String explanation) {
        return doubt.raise(studyInstanceUid, explanation);
    }

    /** As it stands now, whatever is at work. */
    public Possible possible(String studyInstanceUid) {
        return judgement.possible(studyInstanceUid);
    }

    /**
     * What was refused, or could not be read, goes on in a new revision.
     *
     * @throws ActRefusedException where nothing was changed
     */
    public Judged judgeAnew(String studyInstanceUid, Actor by) {
        return judgement.judgeAnew(studyInstanceUid, by);
    }

    /**
     * What finished revisions came to by releases that do not serve any more is judged again in a new revision, by those that
     * do. What it came to stands until that is restored, and goes on standing where it is not.
     *
     * @param rerun the run that has it done
     * @param by who started the run
     * @throws ActRefusedException where nothing was changed
     */
    public Judged judgeAgain(String studyInstanceUid, long rerun, Actor by) {
        return again.judgeAgain(studyInstanceUid, rerun, by);
    }
}
