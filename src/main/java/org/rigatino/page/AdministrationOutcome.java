package org.rigatino.page;

import org.rigatino.deliver.Echo;

/**
 * What an act of an administrator came to; one of them is there, or none.
 *
 * @param replayed revisions
 * @param busy a destination that is being asked already
 * @param refused why nothing was changed
 */
public record AdministrationOutcome(Echo echo, Integer replayed, String busy, Spoken refused) {
    static AdministrationOutcome ofEcho(Echo echo) {
        return new AdministrationOutcome(echo, null, null, null);
    }

    static AdministrationOutcome ofReplay(Integer replayed) {
        return new AdministrationOutcome(null, replayed, null, null);
    }

    static AdministrationOutcome ofBusy(String destination) {
        return new AdministrationOutcome(null, null, destination, null);
    }

    static AdministrationOutcome ofRefusal(RuntimeException cause, Language language) {
        return new AdministrationOutcome(null, null, null, Spoken.of(cause, language));
    }

    /** Whether it is a good one. */
    public boolean isWell() {
        return echo != null && echo.outcome() == Echo.Outcome.ANSWERED || replayed != null && replayed > 0;
    }
}
