package org.rigatino.access;

import java.time.Instant;
import java.util.Set;

/**
 * A user of the built-in store.
 *
 * @param roles of {@link UserRole#OF_PEOPLE}
 * @param disabledAt null where the user may sign in
 * @param lockedUntil null, or until when even the right password is refused
 * @param passwordDigest SHA-256 in hexadecimal of the password's hash: another one with each new password
 */
public record User(
        String name,
        Set<String> roles,
        Instant createdAt,
        Instant disabledAt,
        Instant lockedUntil,
        String passwordDigest) {
    public boolean isDisabled() {
        return disabledAt != null;
    }

    boolean isLocked(Instant now) {
        return lockedUntil != null && lockedUntil.isAfter(now);
    }
}
