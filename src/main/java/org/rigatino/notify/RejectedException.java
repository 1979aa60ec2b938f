package org.rigatino.notify;

import java.io.IOException;

/** A receiver will not have this event, or nothing can be made of it. */
public final class RejectedException extends IOException {
    public RejectedException(String message) {
        super(message);
    }
}
