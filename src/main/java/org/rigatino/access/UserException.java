package org.rigatino.access;

/** What was asked of the user store cannot be done; the message is for whoever asked. */
public final class UserException extends Exception {
    UserException(String message) {
        super(message);
    }
}
