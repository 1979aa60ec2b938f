package org.rigatino.refusal;

/** {@link Reason#conflict}. */
public class Conflict extends IllegalStateException implements Refused {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Conflict(Refusal refusal) {
        super(refusal.english());
        this.refusal = refusal;
    }

    @Override
    public Refusal refusal() {
        return refusal;
    }
}
