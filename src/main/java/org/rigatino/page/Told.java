package org.rigatino.page;

import org.rigatino.triage.WorklistView;

/**
 * What an act came to.
 *
 * @param entry as it is now
 */
public record Told(Came came, WorklistView entry) {
    /** QUICKER, NO_SUCH_USER: nothing was changed. */
    public enum Came {
        DONE,
        QUICKER,
        NO_SUCH_USER
    }
}
