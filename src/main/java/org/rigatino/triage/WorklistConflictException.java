package org.rigatino.triage;

/** Somebody was quicker, or the study is not in the state that the act needs. */
public final class WorklistConflictException extends RuntimeException {
    private final transient WorklistView current;

    WorklistConflictException(String message, WorklistView current) {
        super(message);
        this.current = current;
    }

    /** The entry as it is now. */
    public WorklistView current() {
        return current;
    }
}
