package org.rigatino.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What people do about their own password, of which administrators know nothing then. */
@ApplicationScoped
public class OwnPassword {
    @Inject
    SignIn signIn;

    @Inject
    UserChanges changes;

    @Inject
    UserPasswords passwords;

    /**
     * Ends all their sessions. Wrong passwords count as when signing in.
     *
     * @throws IllegalArgumentException where the password cannot be, is the same, or the one so far is wrong
     * @throws IllegalStateException where they are no user of the built-in store, or somebody was quicker
     */
    public void set(String current, String password, Actor by) {
        Password.check(password);
        if (changes.find(by.name()).isEmpty()) {
            throw UserReason.NOT_KEPT.conflict();
        }
        if (password.equals(current)) {
            throw UserReason.SAME.wrong();
        }
        User user = signIn.confirm(by.name(), current == null ? "" : current, by.address())
                .orElseThrow(UserReason.WRONG::wrong);
        passwords.set(user.name(), user.version(), password, by);
    }
}
