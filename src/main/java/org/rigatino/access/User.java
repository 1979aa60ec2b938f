package org.rigatino.access;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A user of the built-in store.
 *
 * @param roles of {@link UserRole#OF_PEOPLE}
 * @param disabledAt null where the user may sign in
 * @param lockedUntil null, or until when even the right password is refused
 * @param passwordDigest SHA-256 in hexadecimal of the password's hash: another one with each new password
 * @param version another with each change by a person, never given twice
 * @param changedBy null where nobody has changed them since that is kept
 * @param lastSignInAt null where none is on record
 */
public record User(
        String name,
        Set<String> roles,
        Instant createdAt,
        Instant disabledAt,
        Instant lockedUntil,
        String passwordDigest,
        long version,
        String changedBy,
        Instant changedAt,
        Instant lastSignInAt) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    public boolean isDisabled() {
        return disabledAt != null;
    }

    boolean isLocked(Instant now) {
        return lockedUntil != null && lockedUntil.isAfter(now);
    }

    /** Whether they may sign in and let others. */
    boolean isAdministrator() {
        return !isDisabled() && roles.contains(UserRole.ADMINISTRATOR);
    }

    static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /** @throws IllegalArgumentException where it is none */
    static void checkName(String name) {
        if (!isName(name)) {
            throw UserReason.NO_NAME.wrong();
        }
    }
}
