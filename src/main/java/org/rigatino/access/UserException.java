package org.rigatino.access;

/** What the user command asks for cannot be had; the message is for whoever gave it. */
public final class UserException extends Exception {
    UserException(String message) {
        super(message);
    }
}
