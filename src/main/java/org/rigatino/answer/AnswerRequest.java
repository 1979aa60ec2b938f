package org.rigatino.answer;

import java.util.regex.Pattern;
import org.rigatino.persistence.Answer;

/**
 * What somebody says of a finding.
 *
 * @param modelDigest of the release that is spoken of; null for the latest that judged the frame
 * @param finding id of the finding that the author saw, which has to stand still; null for the latest of the release on the frame
 * @param reason may be null
 * @param comment may be null; see {@link CommentText}
 * @param column of what was missed, in pixels of the source, from 0 at the left; else null
 * @param row from 0 at the top
 * @param revises id of the answer that the author saw; null where they saw none
 */
public record AnswerRequest(
        String sopInstanceUid,
        Integer frameNumber,
        String modelDigest,
        Long finding,
        Answer.Verdict verdict,
        Answer.Reason reason,
        String comment,
        Integer column,
        Integer row,
        Long revises) {
    private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");
    private static final Pattern DIGEST = Pattern.compile("[0-9A-Za-z]{1,64}");

    /** @throws IllegalArgumentException that says what is missing, or is there and may not be */
    void check() {
        if (sopInstanceUid == null || frameNumber == null) {
            throw AnswerReason.NO_IMAGE.wrong();
        }
        if (!UID.matcher(sopInstanceUid).matches()) {
            throw AnswerReason.NO_UID.wrong();
        }
        if (modelDigest != null && !DIGEST.matcher(modelDigest).matches()) {
            throw AnswerReason.NO_DIGEST.wrong();
        }
        if (verdict == null) {
            throw AnswerReason.NO_VERDICT.wrong();
        }
        boolean place = column != null && row != null;
        if (verdict == Answer.Verdict.MISSED && !place) {
            throw AnswerReason.NO_PLACE.wrong();
        }
        if (verdict != Answer.Verdict.MISSED && (column != null || row != null)) {
            throw AnswerReason.PLACE_OF_NOTHING.wrong();
        }
        if (verdict == Answer.Verdict.WITHDRAWN && revises == null) {
            throw AnswerReason.NOTHING_WITHDRAWN.wrong();
        }
    }
}
