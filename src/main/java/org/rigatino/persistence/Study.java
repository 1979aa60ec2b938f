package org.rigatino.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One revision of a study: what was received before its quiet period ended, and what became of it. */
@Entity
@EntityListeners(StudyMoves.class)
@DynamicUpdate
public class Study {
    /** Refusal rule of a study whose instances disagree on the patient. */
    public static final String PATIENT_IDENTITY = "patient-identity";

    /** Rule for a study of which nothing but own outputs came in. */
    public static final String OWN_OUTPUT = "own-output";

    /** Rule for what is no image: presentation states, reports, key objects and the like. */
    public static final String NO_IMAGE = "no-image";

    /** In the place of a patient where instances name several. */
    public static final String MIXED = "mixed";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String studyInstanceUid;
    public int revision;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private StudyState state = StudyState.RECEIVING;

    private String refusalRule;
    private String failedStage;
    private String failureCause;
    public int imagesSeen;
    public int imagesRestored;
    public Double percentile;
    public String priority;

    /** Null where no release with normal studies judged it. */
    @Embedded
    public AgainstNormalStudies againstNormalStudies;

    public Instant firstReceivedAt;
    public Instant lastReceivedAt;
    public Instant readyAt;
    public Instant publishedAt;
    public Instant restoringAt;
    private Instant contentAt;
    private Integer contentOffsetSeconds;
    public Instant restoredAt;
    public Instant deliveredAt;
    /** When the outcome was reached; of a DELIVERED revision null while proof is to come. */
    public Instant endedAt;

    /** What ended the wait for more instances: QUIET_PERIOD, EXPECTED_COUNT, ANNOUNCEMENT, PERFORMED_STEP, or null. */
    public String completedBy;

    /** Whose it is, as a name that tells nothing else of the patient; null until it was looked at, mixed where in doubt. */
    public String patient;

    /** When a person had the study judged anew, or its results withdrawn: this revision waits for nobody any more. */
    public Instant supersededAt;

    /** Revision whose findings stand in the place of this one's; null where there is none. */
    public Integer supersededBy;

    /**
     * When retention deleted the revision's files as received; null while they are kept, and once all of them came again. Written
     * by retention, and by who receives.
     */
    @Column(insertable = false, updatable = false)
    public Instant instancesDeletedAt;

    /** How soon it is taken up by the rules of the house, from -1 to 2; null where there were none. Written by who receives. */
    @Column(insertable = false, updatable = false)
    public Short urgency;

    /** Kinds of objects by destination that rules of the house let have them, as JSON; null where no rule said anything. */
    @JdbcTypeCode(SqlTypes.JSON)
    public String ruledDestinations;

    /** Run that had the study judged again in this revision; null for what came in. */
    public Long rerunId;

    /**
     * Last outcome that {@code rigatino.results} has acknowledged: RESTORED, DELIVERED, CONFIRMED, REFUSED, FAILED or null.
     */
    public String announced;

    /** When retention deleted the files of the outputs; null while they are kept. Written by it alone. */
    @Column(insertable = false, updatable = false)
    public Instant outputsDeletedAt;

    /** When the outcome was reached that the worklist took in last. */
    public Instant listedOutcomeAt;

    /** Times in a row that a worker took it on, neither ended nor given back. */
    private int unendedClaims;

    @Version
    public int version;

    public StudyState state() {
        return state;
    }

    public String refusalRule() {
        return refusalRule;
    }

    public String failedStage() {
        return failedStage;
    }

    /** Whether it failed after it was judged. */
    public boolean isJudgedAndUndelivered() {
        return state == StudyState.FAILED
                && Arrays.stream(StudyStage.values())
                        .anyMatch(stage ->
                                stage.isAfterJudgement() && stage.toString().equals(failedStage));
    }

    public String failureCause() {
        return failureCause;
    }

    public int unendedClaims() {
        return unendedClaims;
    }

    /** Results that had gone out, and that a person has said to be another patient's. */
    public boolean isWithdrawn() {
        return state == StudyState.REFUSED
                && PATIENT_IDENTITY.equals(refusalRule)
                && restoredAt != null
                && !MIXED.equals(patient);
    }

    /**
     * Refused when it was replayed, by versions before schema 89: what it was restored to was neither delivered since nor
     * withdrawn.
     */
    public boolean isRefusedWithResults() {
        return state == StudyState.REFUSED
                && PATIENT_IDENTITY.equals(refusalRule)
                && restoredAt != null
                && supersededAt == null;
    }

    /**
     * Content Date and Time of all that is made of the revision: when it was first taken on, by the clock that did. Whoever
     * takes it on again, after a crash, a failure or a replay, is told the same.
     *
     * @param now counts where nobody has taken the revision on before
     */
    public OffsetDateTime contentTime(OffsetDateTime now) {
        if (contentAt == null) {
            contentAt = now.truncatedTo(ChronoUnit.SECONDS).toInstant();
            contentOffsetSeconds = now.getOffset().getTotalSeconds();
        }
        return contentAt.atOffset(ZoneOffset.ofTotalSeconds(contentOffsetSeconds));
    }

    /** Moves to a state that needs no reason, and notes when. */
    public void become(StudyState next, Instant at) {
        move(next, at);
        refusalRule = null;
        failedStage = null;
        failureCause = null;
    }

    /** @throws IllegalStateException where it judges again: receivers would be told that what stands was refused */
    public void refuse(String rule, Instant at) {
        if (judgesAgain()) {
            throw new IllegalStateException("study " + studyInstanceUid + " revision " + revision
                    + " judges again what stands, and is not refused as " + rule);
        }
        move(StudyState.REFUSED, at);
        refusalRule = rule;
    }

    /** Its results are another patient's than the study: there are none of this revision any more. */
    public void withdraw(Instant at) {
        if (!state.mayBeWithdrawn() && !isRefusedWithResults()) {
            throw new IllegalStateException("study " + studyInstanceUid + " revision " + revision + " is " + state
                    + " and has no results to withdraw");
        }
        state = StudyState.REFUSED;
        refusalRule = PATIENT_IDENTITY;
        failedStage = null;
        failureCause = null;
        percentile = null;
        priority = null;
        againstNormalStudies = null;
        imagesRestored = 0;
        patient = MIXED.equals(patient) ? null : patient;
        endedAt = at;
        supersede(at);
    }

    /** Its refusal or failure waits for nobody any more, which the worklist has to take in. */
    public void supersede(Instant at) {
        supersededAt = at;
        listedOutcomeAt = null;
    }

    /** Another revision judged its images anew, and brings the worklist what that came to. */
    public void replacedBy(Study other, Instant at) {
        supersededAt = at;
        supersededBy = other.revision;
    }

    /** Whether it judges again what earlier revisions judged, and those stand until it is restored: its instances are theirs. */
    public boolean judgesAgain() {
        return rerunId != null && restoredAt == null;
    }

    /**
     * @param cause what was wrong, where, what to do; never patient data. Where the revision judges again, what stood stands, and
     *     this failure waits for nobody.
     */
    public void fail(StudyStage stage, String cause, Instant at) {
        move(StudyState.FAILED, at);
        supersededAt = judgesAgain() ? at : supersededAt;
        failedStage = stage.toString();
        failureCause = cause;
    }

    /** DELIVERED is the outcome: a destination is set to prove nothing. */
    public void endWithoutProof(Instant at) {
        if (state != StudyState.DELIVERED) {
            throw new IllegalStateException("study " + studyInstanceUid + " revision " + revision + " is " + state
                    + " and may not end without proof");
        }
        endedAt = at;
    }

    private void move(StudyState next, Instant at) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("study " + studyInstanceUid + " revision " + revision + " is " + state
                    + " and may not become " + next);
        }
        state = next;
        unendedClaims = next == StudyState.RESTORING ? unendedClaims + 1 : 0;
        switch (next) {
            case READY -> {
                readyAt = at;
                publishedAt = null;
                announced = null;
                endedAt = null;
            }
            case RESTORING -> restoringAt = at;
            case RESTORED -> restoredAt = at;
            case DELIVERED -> deliveredAt = at;
            case CONFIRMED, REFUSED, FAILED -> endedAt = at;
            default -> {}
        }
    }
}
