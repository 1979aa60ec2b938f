package org.rigatino.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/** One SOP instance as received. */
@Entity
public class Instance {
    /** What became of it. */
    public enum Outcome {
        PENDING,
        RESTORED,
        REFUSED,
        FAILED,
        OWN_OUTPUT,
        /**
         * Kept and in no output: it came as other bytes under a known SOP Instance UID, or a person has said that it is of
         * another patient than the study. Every other outcome is that of the one version in force.
         */
        SET_ASIDE
    }

    /** In the place of a Calling AE Title, of a file that was found in the instance store: who sent it is not known. */
    public static final String ADOPTED = "INSTANCE STORE";

    /** Reason of a row that is set aside because a person said who is the study's patient. */
    public static final String ANOTHER_PATIENT = "another-patient";

    /** Reason of a row that is set aside because another version of the instance is in force. */
    public static final String OTHER_CONTENT = "other-content";

    /**
     * SQL that holds of a row {@code i} of which a frame or all was refused as unlike a release's normal images: by its rules,
     * or by the detail of one that is restored or failed in part.
     */
    public static final String UNLIKE =
            "(i.outcome = 'REFUSED' and 'unlike' = any(string_to_array(i.outcome_reason, ', '))"
                    + " or i.outcome in ('REFUSED', 'RESTORED', 'FAILED')"
                    + " and i.outcome_detail ~ '(^|; )frames* [0-9, -]+: unlike(:|;|$)')";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Study study;

    public String sopInstanceUid;
    public String sopClassUid;
    public String seriesInstanceUid;
    public String transferSyntaxUid;
    public String modality;
    /** {@link #ADOPTED} where it is not known. */
    public String callingAeTitle;
    /** Path relative to the instance store. */
    public String location;

    public String sha256;
    public long bytes;
    public Instant receivedAt;

    @Enumerated(EnumType.STRING)
    public Outcome outcome = Outcome.PENDING;

    /** Refusal rule, or several with commas between them, or failure cause; never patient data. */
    public String outcomeReason;

    /** Which frames were refused by which rule, or what of the image a rule refused; null where there is nothing to add. */
    public String outcomeDetail;
}
