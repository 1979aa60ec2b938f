package org.rigatino.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** Names and passwords against the built-in user store. Blocks; every answer is audited. */
@ApplicationScoped
public class SignIn {
    @Inject
    DataSource dataSource;

    @Inject
    SignInAccounts accounts;

    @Inject
    PasswordChecks checks;

    @Inject
    RefusedAddresses addresses;

    @Inject
    AccessConfiguration configuration;

    /**
     * @param address of the client, for the trail
     * @return empty where the name or the password is wrong, the user is disabled or locked, or the address is not heard
     * @throws IllegalStateException as {@link UserReason#BUSY}: nothing was judged, whoever the user is
     */
    Optional<User> attempt(String name, String password, String address) {
        return heard(name, password, address, true);
    }

    /** That whoever has signed in still knows the password: counted as {@link #attempt}, and no session begins. */
    Optional<User> confirm(String name, String password, String address) {
        return heard(name, password, address, false);
    }

    /** Counted as refused while it is judged: of those that come at once from one address no more are judged than may be wrong. */
    private Optional<User> heard(String name, String password, String address, boolean begins) {
        switch (addresses.begin(address)) {
            case BLOCKED -> {
                return Optional.empty();
            }
            case BUSY -> throw UserReason.BUSY.conflict();
            default -> {}
        }
        try {
            Optional<User> user = checks.oneOfFew(() -> {
                Optional<String> hash = User.isName(name) ? accounts.hash(name) : Optional.empty();
                boolean matches = checks.matches(password, hash.orElse(null));
                return accounts.judged(name, hash, matches, address, begins);
            });
            if (user.isEmpty()) {
                refused(address);
            }
            return user;
        } finally {
            addresses.end(address);
        }
    }

    /** Counts a refusal of any kind, and tells once that an address is not heard any more. */
    void refused(String address) {
        if (addresses.refused(address)) {
            accounts.blocked(RefusedAddresses.counted(address), address);
        }
    }

    /** The user of a session that has not lasted too long, while the user may still sign in, by the same password. */
    Optional<User> resume(SessionPrincipal session) {
        boolean over = Instant.now()
                .isAfter(session.since().plus(configuration.signIn().longestSession()));
        return over
                ? Optional.empty()
                : user(session.user()).filter(user -> user.passwordDigest().equals(session.passwordDigest()));
    }

    /** A user of the built-in store who is not disabled. */
    public Optional<User> user(String name) {
        return inStore(store -> store.find(name)).filter(user -> !user.isDisabled());
    }

    boolean hasUsers() {
        return !inStore(UserStore::isEmpty);
    }

    private interface Query<T> {
        T of(UserStore store) throws SQLException;
    }

    private <T> T inStore(Query<T> query) {
        try (Connection connection = dataSource.getConnection()) {
            return query.of(new UserStore(connection));
        } catch (SQLException e) {
            throw new IllegalStateException("the user store cannot be read: " + e.getMessage(), e);
        }
    }
}
