package org.rigatino.deliver;

import org.rigatino.refusal.Conflict;

/** A name has deliveries open of an archive that had it before, and more than the person has seen. */
public final class OpenDeliveriesException extends Conflict {
    private static final long serialVersionUID = 1L;

    private final long open;

    OpenDeliveriesException(String name, long open) {
        super(DestinationReason.INHERITS.refusal(open, name));
        this.open = open;
    }

    /** How many. */
    public long open() {
        return open;
    }
}
