package org.rigatino.page;

import org.rigatino.deliver.DestinationView;
import org.rigatino.deliver.Echo;

/**
 * What came of an act on a destination; one of them is there, or none.
 *
 * @param saved whether what is shown was saved just now
 * @param refused why nothing was changed
 * @param echo of what was entered
 * @param to what was entered, where {@code echo} is there
 */
public record DestinationOutcome(boolean saved, Spoken refused, Echo echo, DestinationView to) {
    static DestinationOutcome refused(RuntimeException cause, Language language) {
        return new DestinationOutcome(false, Spoken.of(cause, language), null, null);
    }

    /** Whether it is a good one. */
    public boolean isWell() {
        return saved || echo != null && echo.outcome() == Echo.Outcome.ANSWERED;
    }
}
