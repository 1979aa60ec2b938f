package org.rigatino.deliver;

import org.rigatino.refusal.Refusal;
import org.rigatino.refusal.Refused;

/** A name has deliveries open of an archive that had it before, and more than the person has seen. */
public final class OpenDeliveriesException extends IllegalStateException implements Refused {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final long open;

    OpenDeliveriesException(String name, long open) {
        this(DestinationReason.INHERITS.refusal(open, name), open);
    }

    private OpenDeliveriesException(Refusal refusal, long open) {
        super(refusal.english());
        this.refusal = refusal;
        this.open = open;
    }

    @Override
    public Refusal refusal() {
        return refusal;
    }

    /** How many. */
    public long open() {
        return open;
    }
}
