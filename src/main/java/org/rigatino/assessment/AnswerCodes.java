package org.rigatino.assessment;

import org.rigatino.persistence.Answer;
import org.rigatino.result.Code;

/** Answers as coded concepts of our own: none of PS3.16 was found to mean them. */
final class AnswerCodes {
    private AnswerCodes() {}

    static Code of(Answer.Verdict verdict) {
        return switch (verdict) {
            case AGREE -> Code.own("ACCEPTED", "Result accepted");
            case DISAGREE -> Code.own("REJECTED", "Result rejected");
            case UNSURE -> Code.own("UNDECIDED", "Neither accepted nor rejected");
            case MISSED -> Code.own("MISSED", "Result rejected: something was missed");
            case WITHDRAWN -> Code.own("WITHDRAWN", "Assessment before was given by mistake");
        };
    }

    static Code of(Answer.Reason reason) {
        return switch (reason) {
            case ARTIFACT -> Code.own("ARTIFACT", "Artifact");
            case MOTION -> Code.own("MOTION", "Motion");
            case NORMAL_VARIANT -> Code.own("NORMAL_VARIANT", "Normal variant");
            case POST_OPERATIVE -> Code.own("POST_OPERATIVE", "Post-operative");
            case KNOWN_LESION -> Code.own("KNOWN_LESION", "Known lesion");
            case WRONG_PLACE_OR_EXTENT -> Code.own("WRONG_PLACE", "Wrong place or extent");
            case NOT_RELEVANT -> Code.own("NOT_RELEVANT", "There, and without consequence");
            case OTHER -> Code.own("OTHER", "Other");
        };
    }
}
