package org.rigatino.access;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who has signed in by password. Its name is what a session's cookie seals, however often that is renewed: the user's, the digest
 * of the password's hash, so that a new password ends every session that an older one began, and when the session began.
 */
record SessionPrincipal(String user, String passwordDigest, Instant since) implements Principal {
    private static final Pattern SEALED = Pattern.compile("(.+)#([^#]+)#(\\d{1,12})");

    static SessionPrincipal begun(User user) {
        return new SessionPrincipal(user.name(), user.passwordDigest(), Instant.now());
    }

    /** @param sealed of a cookie; empty where it is of no session that is still known */
    static Optional<SessionPrincipal> parse(String sealed) {
        Matcher parts = SEALED.matcher(sealed);
        return parts.matches()
                ? Optional.of(new SessionPrincipal(
                        parts.group(1), parts.group(2), Instant.ofEpochSecond(Long.parseLong(parts.group(3)))))
                : Optional.empty();
    }

    @Override
    public String getName() {
        return user + "#" + passwordDigest + "#" + since.getEpochSecond();
    }
}
