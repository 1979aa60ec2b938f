package org.rigatino.refusal;

/** {@link Reason#wrong}. */
public final class Wrong extends IllegalArgumentException implements Refused {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    Wrong(Refusal refusal) {
        super(refusal.english());
        this.refusal = refusal;
    }

    @Override
    public Refusal refusal() {
        return refusal;
    }
}
