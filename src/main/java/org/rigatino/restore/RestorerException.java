package org.rigatino.restore;

/** A release does not open, or its network failed: which, and what to do, in words that name no patient and may be recorded. */
public final class RestorerException extends IllegalArgumentException {
    RestorerException(String message, Throwable cause) {
        super(message, cause);
    }
}
