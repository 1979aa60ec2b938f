package org.rigatino.page;

import org.rigatino.deliver.Echo;

/**
 * What an act of an administrator came to; one of the three is there, or none.
 *
 * @param replayed revisions
 * @param busy a destination that is being asked already
 */
public record AdministrationOutcome(Echo echo, Integer replayed, String busy) {
    static AdministrationOutcome ofEcho(Echo echo) {
        return new AdministrationOutcome(echo, null, null);
    }

    static AdministrationOutcome ofReplay(Integer replayed) {
        return new AdministrationOutcome(null, replayed, null);
    }

    static AdministrationOutcome ofBusy(String destination) {
        return new AdministrationOutcome(null, null, destination);
    }

    /** Whether it is a good one. */
    public boolean isWell() {
        return echo != null && echo.outcome() == Echo.Outcome.ANSWERED || replayed != null && replayed > 0;
    }
}
