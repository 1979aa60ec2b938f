package org.rigatino.archive;

import java.util.OptionalInt;
import org.rigatino.ingest.AskedStudies.Came;

/**
 * Instances of a study.
 *
 * @param listed by the archive's C-FIND
 * @param moved by what it says of its C-MOVE
 * @param failed by the same
 * @param came since it was asked
 */
record MoveCounts(OptionalInt listed, OptionalInt moved, int failed, Came came) {
    boolean nothing() {
        return came.all() == 0 || moved.orElse(1) == 0;
    }

    int missing() {
        return Math.max(listed.orElse(0), moved.orElse(0)) - came.all();
    }

    @Override
    public String toString() {
        return "it lists " + text(listed) + ", says that it moved " + text(moved) + " and failed with " + failed
                + ", and " + came.all() + " came" + came.besides();
    }

    private static String text(OptionalInt count) {
        return count.isPresent() ? count.getAsInt() + " instances" : "an unknown number of instances";
    }
}
