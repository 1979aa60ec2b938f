package org.rigatino.deliver;

/** Why an object did not arrive, as far as it tells what comes next. */
enum Refusal {
    /** The archive's own shortage, or of the store here: it is tried again without end. */
    PASSING,
    /** The connection ended over it: the object's doing where others are taken in between, and else perhaps the archive's. */
    BROKEN_OFF,
    /** The archive will not have the object, or does not have it any more. */
    REJECTED,
    /** The archive takes nothing of its kind (SOP class or transfer syntax not accepted, 0122H, A9xxH). */
    UNSUPPORTED,
    /** The file here is not what was recorded, or cannot be sent: no archive's refusal. */
    OURS;

    /** Whether it counts towards {@code rigatino.deliver.retry.rejections}. */
    boolean counts(boolean essential) {
        return this != PASSING && !(this == BROKEN_OFF && essential);
    }

    /** Whether one is enough. */
    boolean isFinal(boolean essential) {
        return this == UNSUPPORTED && !essential;
    }
}
