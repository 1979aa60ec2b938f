package org.rigatino.persistence;

import java.util.EnumSet;
import java.util.Set;

/** States of one revision of a study. The legal moves are here and nowhere else. */
public enum StudyState {
    RECEIVING,
    READY,
    RESTORING,
    RESTORED,
    DELIVERING,
    DELIVERED,
    CONFIRMED,
    REFUSED,
    FAILED;

    private Set<StudyState> next() {
        return switch (this) {
            case RECEIVING -> EnumSet.of(READY);
            case READY -> EnumSet.of(RESTORING, REFUSED, FAILED);
            case RESTORING -> EnumSet.of(RESTORING, RESTORED, REFUSED, FAILED);
            case RESTORED -> EnumSet.of(DELIVERING, FAILED);
            case DELIVERING -> EnumSet.of(DELIVERED, FAILED);
            case DELIVERED -> EnumSet.of(CONFIRMED, FAILED);
            case FAILED -> EnumSet.of(READY);
            case CONFIRMED, REFUSED -> EnumSet.noneOf(StudyState.class);
        };
    }

    public boolean mayBecome(StudyState other) {
        return next().contains(other);
    }

    /**
     * Whether results that went out, or were about to, may turn out to be another patient's: the revision is REFUSED then,
     * from which no way leads on.
     */
    boolean mayBeWithdrawn() {
        return EnumSet.of(RESTORED, DELIVERING, DELIVERED, CONFIRMED, FAILED).contains(this);
    }

    /**
     * Whether a recorded outcome has been reached: nothing more happens without a person or a late instance. DELIVERED is
     * one too where {@link Study#endedAt} says so.
     */
    public boolean isOutcome() {
        return this == CONFIRMED || this == REFUSED || this == FAILED;
    }
}
