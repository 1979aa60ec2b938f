package org.rigatino.refusal;

import java.util.Arrays;
import java.util.NoSuchElementException;

/** Why something was refused; implemented by an enum for each part that refuses. */
public interface Reason {
    String name();

    /** What it says in English, as REST and logs have it; {0}, {1} and so on stand for the values. */
    String english();

    /** Of what was entered. */
    default IllegalArgumentException wrong(Object... values) {
        return new Wrong(refusal(values));
    }

    /** Of how things stand. */
    default IllegalStateException conflict(Object... values) {
        return new Conflict(refusal(values));
    }

    /** Of what is not there. */
    default NoSuchElementException unknown(Object... values) {
        return new Unknown(refusal(values));
    }

    private static Object kept(Object value) {
        return value instanceof Refusal || value instanceof Refusal.Decimal ? value : String.valueOf(value);
    }

    default Refusal refusal(Object... values) {
        return new Refusal(this, Arrays.stream(values).map(Reason::kept).toList());
    }
}
