package org.rigatino.ingest;

/**
 * A study revision whose quiet period has ended; value of {@code rigatino.studies}, key StudyInstanceUID. UIDs and
 * locations only.
 *
 * @param instanceStore the publisher's {@code rigatino.ingest.store}, for people: a worker reads below its own
 */
public record StudyReady(String studyInstanceUid, int revision, String instanceStore) {}
