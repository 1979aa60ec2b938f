package org.rigatino.ingest;

/**
 * A study revision whose quiet period has ended; value of {@code rigatino.studies}, key StudyInstanceUID. UIDs and
 * locations only.
 */
public record StudyReady(String studyInstanceUid, int revision, String instanceStore) {}
