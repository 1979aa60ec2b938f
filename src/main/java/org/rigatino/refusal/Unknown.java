package org.rigatino.refusal;

import java.util.NoSuchElementException;

/** {@link Reason#unknown}. */
public final class Unknown extends NoSuchElementException implements Refused {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    Unknown(Refusal refusal) {
        super(refusal.english());
        this.refusal = refusal;
    }

    @Override
    public Refusal refusal() {
        return refusal;
    }
}
