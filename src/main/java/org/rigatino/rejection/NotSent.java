package org.rigatino.rejection;

/** Why no note is made of what a revision superseded at a destination. */
enum NotSent {
    NOT_ASKED("the destination takes no rejection notes"),
    NOTHING_TO_NAME("nothing that it superseded is proved to be there without a note that names it"),
    HOUSE_RULES("rules of the house keep rejection notes of this study from the destination"),
    NOT_ALL_CONFIRMED("what takes the place is not proved to be there, all of it"),
    MOVED("the destination is not where it was any more, or nobody noted where it was: what it has, and what takes its"
            + " place, is not proved to be where it is now; who keeps the archive before rejects there by hand"),
    SUPERSEDED("a later revision took its place before"),
    WITHDRAWN("its results were withdrawn, as another patient's"),
    NOT_KEPT("the file of what takes the place is not kept any more, or is not what was stored"),
    UNREADABLE("what takes the place cannot be told");

    final String why;

    NotSent(String why) {
        this.why = why;
    }

    /** What nobody asked for, and what there is nothing to say of, is no event. */
    boolean isEvent() {
        return this != NOT_ASKED && this != NOTHING_TO_NAME;
    }
}
