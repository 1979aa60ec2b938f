package org.rigatino.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.NoSuchElementException;

/** What an administrator does with a password, which is hashed before the transaction begins: all users are locked in that. */
@ApplicationScoped
public class UserPasswords {
    @Inject
    UserChanges changes;

    @Inject
    PasswordHashes hashes;

    /**
     * Where nobody was asked to sign in, everybody is from now on.
     *
     * @throws IllegalArgumentException where the name, a role or the password cannot be
     * @throws IllegalStateException where the name is taken, there are {@value UserChanges#MOST}, or the first would be no
     *     administrator
     */
    public UserView add(NewUser entered, Actor by) {
        User.checkName(entered.name());
        UserRole.checkOfPeople(entered.roles());
        Password.check(entered.password());
        return changes.add(entered.name(), entered.roles(), hashes.of(entered.password()), by);
    }

    /**
     * Unlocks, and ends the sessions that the earlier password began.
     *
     * @param version that was shown
     * @throws NoSuchElementException where there is no such user
     * @throws IllegalArgumentException where the password cannot be
     * @throws IllegalStateException where somebody was quicker
     */
    public UserView set(String name, long version, String password, Actor by) {
        Password.check(password);
        return changes.setPassword(name, version, hashes.of(password), by);
    }
}
