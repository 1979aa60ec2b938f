package org.rigatino.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/** What signing in reads and writes of the built-in user store; passwords are compared between the two. */
@ApplicationScoped
class SignInAccounts {
    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    @Inject
    AccessConfiguration configuration;

    /** Of the password; empty where there is no such user. */
    Optional<String> hash(String name) {
        try (Connection connection = dataSource.getConnection()) {
            return new UserStore(connection).passwordHash(name);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * Counts and records the attempt. Attempts at one user go one after the other.
     *
     * @param hash with which the password was compared
     * @param begins whether a session begins with it
     * @return empty where the attempt is refused
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<User> judged(String name, Optional<String> hash, boolean matches, String address, boolean begins) {
        try (Connection connection = dataSource.getConnection()) {
            UserStore store = new UserStore(connection);
            Optional<UserStore.Secret> found = User.isName(name) ? store.lock(name) : Optional.empty();
            if (found.isEmpty()) {
                // The name is not kept: it may be a password typed into the wrong field.
                audit.append(new AuditTrail.Event(EventKind.SIGN_IN_REFUSED, null, null, "unknown name").from(address));
                return Optional.empty();
            }
            // Another password since then is not the one that was compared.
            boolean right = matches && hash.equals(Optional.of(found.get().passwordHash()));
            return judged(store, found.get(), right, address, begins);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static IllegalStateException unreadable(SQLException e) {
        return new IllegalStateException("the user store cannot be read or written: " + e.getMessage(), e);
    }

    private Optional<User> judged(
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

    /** Told once of an address, or of the network that it is in. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void blocked(String name, String address) {
        audit.append(new AuditTrail.Event(
                        EventKind.SIGN_IN_BLOCKED, null, null, name + " is not heard after too many refused attempts")
                .from(address));
    }
}
