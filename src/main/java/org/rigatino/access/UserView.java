package org.rigatino.access;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user of the built-in store, as administrators see them.
 *
 * @param roles by name
 * @param lockedUntil after wrong passwords; absent where they are not
 * @param version of what is shown, to be named by who changes it
 * @param changedBy absent where nobody has changed them since that is kept
 * @param lastSignInAt by password; absent where none is on record
 */
@Schema(name = "User")
public record UserView(
        String name,
        List<String> roles,
        State state,
        Instant createdAt,
        Instant disabledAt,
        Instant lockedUntil,
        Instant lastSignInAt,
        long version,
        String changedBy,
        Instant changedAt) {
    /** Whether they may sign in: LOCKED ends by itself, by a new password, or when somebody enables them. */
    @Schema(name = "UserState")
    public enum State {
        ACTIVE,
        LOCKED,
        DISABLED
    }

    static UserView of(User user, Instant now) {
        boolean locked = user.isLocked(now);
        return new UserView(
                user.name(),
                user.roles().stream().sorted().toList(),
                user.isDisabled() ? State.DISABLED : locked ? State.LOCKED : State.ACTIVE,
                user.createdAt(),
                user.disabledAt(),
                locked ? user.lockedUntil() : null,
                user.lastSignInAt(),
                user.version(),
                user.changedBy(),
                user.changedAt());
    }

    public boolean has(String role) {
        return roles.contains(role);
    }
}
