package org.rigatino.dicom;

/** Keeps Modality Performed Procedure Steps. Called by many threads. */
@FunctionalInterface
public interface PerformedStepHandler {
    /**
     * Returns once what was asked for is kept, or refused by the status; where it throws, the peer is told that it was not kept.
     *
     * @param sopInstanceUid of the step
     * @param step as N-CREATE says it, or what N-SET changes of it
     */
    OperationStatus keep(
            PerformedStep.Operation operation, String callingAeTitle, String sopInstanceUid, PerformedStep step)
            throws Exception;
}
