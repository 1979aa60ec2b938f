package org.rigatino.page;

import org.rigatino.deliver.Echo;

/**
 * What an act of an administrator came to; one of them is there, or none.
 *
 * @param replayed revisions
 * @param busy a destination that is being asked already
 * @param refused why nothing was changed
 * @param settled a message of a patient
 */
public record AdministrationOutcome(Echo echo, Integer replayed, String busy, Spoken refused, Settled settled) {
    /**
     * A message of a patient that was taken back, or let in.
     *
     * @param copies of the same content, that went with it
     */
    public record Settled(long message, boolean letIn, int studies, int copies) {}

    static AdministrationOutcome ofMessage(Settled settled) {
        return new AdministrationOutcome(null, null, null, null, settled);
    }

    static AdministrationOutcome ofEcho(Echo echo) {
        return new AdministrationOutcome(echo, null, null, null, null);
    }

    static AdministrationOutcome ofReplay(Integer replayed) {
        return new AdministrationOutcome(null, replayed, null, null, null);
    }

    static AdministrationOutcome ofBusy(String destination) {
        return new AdministrationOutcome(null, null, destination, null, null);
    }

    static AdministrationOutcome ofRefusal(RuntimeException cause, Language language) {
        return new AdministrationOutcome(null, null, null, Spoken.of(cause, language), null);
    }

    /** Whether it is a good one. */
    public boolean isWell() {
        return echo != null && echo.outcome() == Echo.Outcome.ANSWERED || replayed != null && replayed > 0;
    }
}
