package org.rigatino.dicom;

/** Keeps Instance Availability Notifications. Called by many threads. */
@FunctionalInterface
public interface AvailabilityHandler {
    /** Returns once the notification is kept; where it throws, the peer is told that it was not. */
    void available(String callingAeTitle, InstanceAvailability notification) throws Exception;
}
