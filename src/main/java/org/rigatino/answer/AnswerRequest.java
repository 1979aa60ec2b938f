package org.rigatino.answer;

import java.util.regex.Pattern;
import org.rigatino.persistence.Answer;

/**
 * What somebody says of a finding.
 *
 * @param modelDigest of the release that is spoken of; null for the latest that judged the frame
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
            throw new IllegalArgumentException("name the image: \"sopInstanceUid\" and \"frameNumber\", from 1");
        }
        if (!UID.matcher(sopInstanceUid).matches()) {
            throw new IllegalArgumentException("\"sopInstanceUid\" is no UID");
        }
        if (modelDigest != null && !DIGEST.matcher(modelDigest).matches()) {
            throw new IllegalArgumentException("\"modelDigest\" is no digest: a release's SHA-256 in hex");
        }
        if (verdict == null) {
            throw new IllegalArgumentException("say a \"verdict\": AGREE, DISAGREE, UNSURE, MISSED or WITHDRAWN");
        }
        boolean place = column != null && row != null;
        if (verdict == Answer.Verdict.MISSED && !place) {
            throw new IllegalArgumentException("say where something was missed: \"column\" and \"row\", from 0");
        }
        if (verdict != Answer.Verdict.MISSED && (column != null || row != null)) {
            throw new IllegalArgumentException("a place belongs to MISSED: leave \"column\" and \"row\" out");
        }
        if (verdict == Answer.Verdict.WITHDRAWN && revises == null) {
            throw new IllegalArgumentException("what is WITHDRAWN is an answer: name it, \"revises\"");
        }
    }
}
