package org.rigatino.refusal;

/** {@link Reason#conflict}. */
final class Conflict extends IllegalStateException implements Refused {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    Conflict(Refusal refusal) {
        super(refusal.english());
        this.refusal = refusal;
    }

    @Override
    public Refusal refusal() {
        return refusal;
    }
}
