package org.rigatino.page;

import org.rigatino.deliver.Echo;
import org.rigatino.page.AdministrationContents.Administration;

/**
 * What an act of an administrator came to; one of them is there, or none.
 *
 * @param replayed revisions
 * @param busy a destination that is being asked already
 * @param refused why nothing was changed
 * @param settled a message of a patient
 * @param changed a destination or a sender
 */
public record AdministrationOutcome(
        Echo echo, Integer replayed, String busy, Spoken refused, Settled settled, Changed changed) {
    /**
     * A message of a patient that was taken back, or let in.
     *
     * @param later studies that are shown anew behind it
     * @param copies of the same content, that went with it
     */
    public record Settled(long message, boolean letIn, int studies, int later, int copies) {}

    /** What was added or removed by name. */
    public record Changed(What what, String name) {
        public enum What {
            DESTINATION_REMOVED,
            SENDER_ADDED,
            SENDER_REMOVED
        }

        /** Whether it is so: an address may be written by anybody. */
        boolean holds(Administration now) {
            boolean sends = now.senders().added().stream()
                    .anyMatch(sender -> sender.value().equals(name));
            return switch (what) {
                case SENDER_ADDED -> sends;
                case SENDER_REMOVED -> !sends;
                case DESTINATION_REMOVED ->
                    now.destinations().stream().noneMatch(to -> to.name().equals(name) && to.added() != null);
            };
        }
    }

    static AdministrationOutcome ofChange(Changed changed) {
        return new AdministrationOutcome(null, null, null, null, null, changed);
    }

    static AdministrationOutcome ofMessage(Settled settled) {
        return new AdministrationOutcome(null, null, null, null, settled, null);
    }

    static AdministrationOutcome ofEcho(Echo echo) {
        return new AdministrationOutcome(echo, null, null, null, null, null);
    }

    static AdministrationOutcome ofReplay(Integer replayed) {
        return new AdministrationOutcome(null, replayed, null, null, null, null);
    }

    static AdministrationOutcome ofBusy(String destination) {
        return new AdministrationOutcome(null, null, destination, null, null, null);
    }

    static AdministrationOutcome ofRefusal(RuntimeException cause, Language language) {
        return new AdministrationOutcome(null, null, null, Spoken.of(cause, language), null, null);
    }

    /** Whether it is a good one. */
    public boolean isWell() {
        return echo != null && echo.outcome() == Echo.Outcome.ANSWERED || replayed != null && replayed > 0;
    }
}
