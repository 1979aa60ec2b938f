package org.rigatino.access;

import java.security.Principal;
import java.util.Optional;

/**
 * Who has signed in by password. Its name is what a session's cookie seals: the user's, and the digest of the password's
 * hash, so that a new password ends every session that an older one began.
 */
record SessionPrincipal(String user, String passwordDigest) implements Principal {
    private static final char SEPARATOR = '#';

    static SessionPrincipal of(User user) {
        return new SessionPrincipal(user.name(), user.passwordDigest());
    }

    /** @param sealed of a cookie; empty where it is of no session that is still known */
    static Optional<SessionPrincipal> parse(String sealed) {
        int end = sealed.lastIndexOf(SEPARATOR);
        return end < 0
                ? Optional.empty()
                : Optional.of(new SessionPrincipal(sealed.substring(0, end), sealed.substring(end + 1)));
    }

    @Override
    public String getName() {
        return user + SEPARATOR + passwordDigest;
    }
}
