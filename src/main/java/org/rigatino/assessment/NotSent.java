package org.rigatino.assessment;

/** Why nothing is made of an answer. */
enum NotSent {
    NOT_ASKED("no destination takes assessments"),
    HOUSE_RULES("rules of the house let no destination that takes assessments have one of this study"),
    DOES_NOT_STAND(
            "the result that it is about does not stand any more: it was withdrawn, or another judged the image since"),
    NOTHING_TO_NAME("no object of the result that it is about was made for a destination"),
    NOT_KEPT("the file of the object that it is about is not kept any more, or is not what was stored"),
    NOTHING_TO_TAKE_BACK("the answer that it takes back was not sent"),
    UNREADABLE("the object that it is about cannot be told");

    final String why;

    NotSent(String why) {
        this.why = why;
    }
}
