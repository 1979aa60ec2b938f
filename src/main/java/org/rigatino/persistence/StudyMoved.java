package org.rigatino.persistence;

/** A CDI event within the transaction that changes a study's row: observe it after success, to go on at once. */
public record StudyMoved(StudyState state) {
    /** Whether the outcome, or the way to it from restoration on, is there to be told. */
    public boolean isToBeTold() {
        return switch (state) {
            case DELIVERING, DELIVERED, CONFIRMED, REFUSED, FAILED -> true;
            default -> false;
        };
    }
}
