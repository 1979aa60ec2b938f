package org.rigatino.export;

import java.time.Instant;

/**
 * An answer in force about one frame of a finished study.
 *
 * @param answer its number
 * @param verdict as {@code answer.verdict}
 * @param reason as {@code answer.reason}; null where none was given
 * @param flagged whether the release had flagged the frame
 * @param patient the same for one patient's studies; null where it is not recorded whose the study is
 * @param location of the file in the store
 */
record AnsweredFrame(
        long answer,
        String verdict,
        String reason,
        boolean flagged,
        int frameNumber,
        String sopInstanceUid,
        String patient,
        String location,
        String sha256,
        Instant finishedAt) {
    String image() {
        return sopInstanceUid + " " + frameNumber;
    }
}
