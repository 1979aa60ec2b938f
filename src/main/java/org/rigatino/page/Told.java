package org.rigatino.page;

import org.rigatino.triage.WorklistView;

/**
 * What an act came to.
 *
 * @param entry as it is now
 */
public record Told(Came came, WorklistView entry) {
    /** The first were done; QUICKER, NO_SUCH_USER: nothing was changed. */
    public enum Came {
        ACKNOWLEDGED,
        TAKEN,
        RELEASED,
        ESCALATED,
        DE_ESCALATED,
        REOPENED,
        QUICKER,
        NO_SUCH_USER;

        public boolean isDone() {
            return compareTo(REOPENED) <= 0;
        }
    }

    /** Name or Accession Number as the visitor is shown it, else the Study Instance UID. */
    public String whose() {
        if (entry.identity() == null) {
            return entry.studyInstanceUid();
        }
        String person = Whose.person(entry.identity());
        String number = entry.identity().accessionNumber();
        return person != null ? person : number != null ? number : entry.studyInstanceUid();
    }
}
