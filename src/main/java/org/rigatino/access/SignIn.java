package org.rigatino.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/** Names and passwords against the built-in user store. Blocks; every answer is audited. */
@ApplicationScoped
public class SignIn {
    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    @Inject
    AccessConfiguration configuration;

    @Inject
    RefusedAddresses addresses;

    /**
     * @param address of the client, for the trail
     * @return empty where the name or the password is wrong, the user is disabled or locked, or the address is not heard
     */
    Optional<User> attempt(String name, String password, String address) {
        return heard(name, password, address, true);
    }

    /** That whoever has signed in still knows the password: counted as {@link #attempt}, and no session begins. */
    Optional<User> confirm(String name, String password, String address) {
        return heard(name, password, address, false);
    }

    private Optional<User> heard(String name, String password, String address, boolean begins) {
        if (addresses.isBlocked(address)) {
            return Optional.empty();
        }
        Optional<User> user = QuarkusTransaction.requiringNew().call(() -> judge(name, password, address, begins));
        if (user.isEmpty()) {
            refused(address);
        }
        return user;
    }

    private Optional<User> judge(String name, String password, String address, boolean begins) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            UserStore store = new UserStore(connection);
            Optional<UserStore.Secret> found = store.lock(name);
            boolean matches = Password.matches(
                    password, found.map(UserStore.Secret::passwordHash).orElse(null));
            if (found.isEmpty()) {
                // The name is not kept: it may be a password typed into the wrong field.
                audit.append(new AuditTrail.Event(EventKind.SIGN_IN_REFUSED, null, null, "unknown name").from(address));
                return Optional.empty();
            }
            return judge(store, found.get(), matches, address, begins);
        }
    }

    private Optional<User> judge(
            UserStore store, UserStore.Secret secret, boolean matches, String address, boolean begins)
            throws SQLException {
        User user = secret.user();
        if (user.isDisabled() || user.isLocked(Instant.now())) {
            String state = user.isDisabled() ? "disabled" : "locked";
            append(EventKind.SIGN_IN_REFUSED, user.name(), "the user is " + state, address);
            return Optional.empty();
        }
        if (!matches) {
            wrongPassword(store, secret, address);
            return Optional.empty();
        }
        if (begins) {
            store.signedIn(user.name());
            append(EventKind.SIGN_IN, user.name(), "by password", address);
        }
        return Optional.of(user);
    }

    private void wrongPassword(UserStore store, UserStore.Secret secret, String address) throws SQLException {
        String name = secret.user().name();
        int failures = secret.failures() + 1;
        boolean lock = failures >= configuration.signIn().userFailures();
        store.count(
                name,
                lock ? 0 : failures,
                lock ? Instant.now().plus(configuration.signIn().userLock()) : null);
        append(EventKind.SIGN_IN_REFUSED, name, "wrong password" + (lock ? ", now locked" : ""), address);
    }

    private void append(EventKind kind, String name, String detail, String address) {
        audit.append(new AuditTrail.Event(kind, null, name, detail).by(name).from(address));
    }

    /** Counts a refusal of any kind, and tells once that an address is not heard any more. */
    void refused(String address) {
        if (addresses.refused(address)) {
            QuarkusTransaction.requiringNew()
                    .run(() -> audit.append(new AuditTrail.Event(
                                    EventKind.SIGN_IN_BLOCKED,
                                    null,
                                    null,
                                    address + " is not heard after too many refused attempts")
                            .from(address)));
        }
    }

    /**
     * The user of a session that began earlier, while the user may still sign in, by the same password.
     *
     * @param sealed of the session's cookie, see {@link SessionPrincipal}
     */
    Optional<User> resume(String sealed) {
        return SessionPrincipal.parse(sealed).flatMap(session -> user(session.user())
                .filter(user -> user.passwordDigest().equals(session.passwordDigest())));
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
