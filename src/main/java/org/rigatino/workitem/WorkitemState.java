package org.rigatino.workitem;

/** What becomes of a workitem: CLAIMING until the service says that it is ours. */
public enum WorkitemState {
    CLAIMING,
    IN_PROGRESS,
    COMPLETED,
    CANCELED,
    /** Another has it, or has ended it. */
    LOST,
    /** The service refused too often what was asked of it. */
    GIVEN_UP
}
