package org.rigatino.refusal;

import java.util.Map;

/** {@link Reason#conflict}. */
public class Conflict extends IllegalStateException implements Refused {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Conflict(Refusal refusal) {
        super(refusal.english());
        this.refusal = refusal;
    }

    /** What REST answers besides, by name. */
    public Map<String, Object> more() {
        return Map.of();
    }

    @Override
    public Refusal refusal() {
        return refusal;
    }
}
