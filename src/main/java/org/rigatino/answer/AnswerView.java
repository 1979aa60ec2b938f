package org.rigatino.answer;

import java.time.Instant;
import org.rigatino.persistence.Answer;
import org.rigatino.persistence.Finding;

/**
 * An answer as it is told.
 *
 * @param flagged whether the release flagged the image
 * @param reason null where none was given
 * @param comment null where none was given, its time is over, or it is not shown: it may name a patient
 * @param commented whether there is a comment, shown or not
 * @param column of what was missed, in pixels of the source, from 0 at the left; else null
 * @param row from 0 at the top
 * @param revises id of the answer that this one took the place of; null for the first of a finding
 * @param inForce whether no other has taken its place
 * @param judgedAgain whether the release has judged the frame again since, with other settings: it is no answer to that
 */
public record AnswerView(
        long id,
        String sopInstanceUid,
        int frameNumber,
        String modelName,
        String modelVersion,
        String modelDigest,
        boolean flagged,
        Answer.Verdict verdict,
        Answer.Reason reason,
        String comment,
        boolean commented,
        Integer column,
        Integer row,
        String answeredBy,
        Instant answeredAt,
        Long revises,
        boolean inForce,
        boolean judgedAgain) {
    /**
     * @param comment null where there is none
     * @param shown whether the reader is shown it
     */
    static AnswerView of(Answer row, String comment, boolean shown, boolean inForce, boolean judgedAgain) {
        Finding finding = row.finding;
        return new AnswerView(
                row.id,
                finding.instance.sopInstanceUid,
                finding.frameNumber,
                finding.modelName,
                finding.modelVersion,
                finding.modelDigest,
                finding.flagged,
                row.verdict,
                row.reason,
                shown ? comment : null,
                comment != null,
                row.column,
                row.row,
                row.answeredBy,
                row.answeredAt,
                row.revises,
                inForce,
                judgedAgain);
    }

    /** Whether somebody else said it, and did not take it back. */
    public boolean isOfAnother(String name) {
        return inForce && verdict != Answer.Verdict.WITHDRAWN && !answeredBy.equals(name);
    }

    /** Whether it speaks of what was said of the frame by another release, or with other settings, and holds. */
    public boolean isBesides(String sop, int frame, String digest) {
        return sopInstanceUid.equals(sop)
                && frameNumber == frame
                && !isOf(sop, frame, digest)
                && inForce
                && verdict != Answer.Verdict.WITHDRAWN;
    }

    /** Whether it speaks of what a release said of a frame last. */
    public boolean isOf(String sop, int frame, String digest) {
        return sopInstanceUid.equals(sop) && frameNumber == frame && modelDigest.equals(digest) && !judgedAgain;
    }
}
