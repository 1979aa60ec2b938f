package org.rigatino.refusal;

/** An exception that says why in more than one language. */
public interface Refused {
    Refusal refusal();
}
