package org.rigatino.answer;

import org.rigatino.refusal.Reason;

/** Why an answer was not recorded. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum AnswerReason implements Reason {
    NO_IMAGE("name the image: \"sopInstanceUid\" and \"frameNumber\", from 1"),
    NO_UID("\"sopInstanceUid\" is no UID"),
    NO_DIGEST("\"modelDigest\" is no digest: a release's SHA-256 in hex"),
    NO_VERDICT("say a \"verdict\": AGREE, DISAGREE, UNSURE, MISSED or WITHDRAWN"),
    NO_PLACE("say where something was missed: \"column\" and \"row\", from 0"),
    PLACE_NO_NUMBERS("\"column\" and \"row\" are whole numbers, from 0"),
    PLACE_OF_NOTHING("a place belongs to MISSED: leave \"column\" and \"row\" out"),
    NOTHING_WITHDRAWN("what is WITHDRAWN is an answer: name it, \"revises\""),
    JUDGED_AGAIN("frame {0} of image {1} was judged again since you saw it: look at it once more, then answer"),
    NONE_IN_FORCE("frame {0} of image {1} has no answer: leave \"revises\" out"),
    QUICKER(
            "{0} answered frame {1} of image {2} with {3} at {4}: look at it, and name it (\"revises\": {5}) where yours is to take its place"),
    COLLEAGUES("it would take the place of an answer of {0}: say that this is meant, and send it again"),
    FLAGGED(
            "an image of study {0} is flagged: answer that one, or DISAGREE with the image in which something was missed"),
    NOT_KEPT("the file of image {0} is not kept here, so a place in it cannot be checked"),
    NOT_GIVEN(
            "the file system does not give the file of image {0} now: look at the image once more in a while, then answer"),
    OUTSIDE("column {0}, row {1} is not in the image: it has {2} columns and {3} rows, counted from 0"),
    COMMENT_TOO_LONG("\"comment\" has {0} characters and may have {1}"),
    COMMENT_NO_TEXT("\"comment\" has a character that is no text, U+{0}, at place {1}: leave it out");

    private final String english;

    AnswerReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
