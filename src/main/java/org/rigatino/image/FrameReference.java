package org.rigatino.image;

/**
 * Where a frame comes from.
 *
 * @param frameNumber 1-based (PS3.3 C.7.6.16.1), 1 for a single-frame instance
 */
public record FrameReference(
        String studyInstanceUid,
        String seriesInstanceUid,
        String sopInstanceUid,
        String sopClassUid,
        int frameNumber) {}
