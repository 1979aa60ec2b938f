package org.rigatino.deliver;

/** A name has deliveries open of an archive that had it before, and more than the person has seen. */
public final class OpenDeliveriesException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final long open;

    OpenDeliveriesException(String name, long open) {
        super(open + " deliveries to " + name + " are open still, of one that had the name before, and would be sent to"
                + " this: agree to that number, or cancel them before (POST /api/destinations/" + name + "/cancel)");
        this.open = open;
    }

    /** How many. */
    public long open() {
        return open;
    }
}
