package org.rigatino.export;

import java.time.Instant;

/**
 * An answer in force about one frame.
 *
 * @param answer its number
 * @param verdict as {@code answer.verdict}
 * @param reason as {@code answer.reason}; null where none was given
 * @param flagged whether the release had flagged the frame
 * @param release NAME/VERSION that was answered
 * @param instance the same for one SOP Instance UID
 * @param patient the same for one patient's studies; null where it is not known whose the study is
 * @param shared whether that is so since its Patient ID may be of several patients
 * @param usable whether the study is finished, and the image not set aside
 * @param location of the file in the store
 * @param finishedAt null where the study is not
 */
record AnsweredFrame(
        long answer,
        String verdict,
        String reason,
        boolean flagged,
        int frameNumber,
        String release,
        long instance,
        String patient,
        boolean shared,
        boolean usable,
        String location,
        String sha256,
        Instant finishedAt) {
    String image() {
        return instance + " " + frameNumber;
    }
}
