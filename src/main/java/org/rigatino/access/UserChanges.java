package org.rigatino.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/**
 * What an administrator does about users of the built-in store, each act with its audit row, before and after, in one
 * transaction. In force with the next request, in every process: each asks the store who a session's user is. Acts go one after
 * the other, those of {@link UserCommand} included, and leave an administrator who may sign in where there was one. Blocks.
 */
@ApplicationScoped
@PersonsAct
public class UserChanges {
    static final int MOST = 1000;

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    @Inject
    AccessRules rules;

    /**
     * How it stands.
     *
     * @param open whether nobody is asked to sign in, so that the first user changes that
     * @param identityProvider whether people may come from one, whose users are not here
     * @param users by name
     */
    @Schema(name = "Users")
    public record View(boolean open, boolean identityProvider, List<UserView> users) {}

    private interface Act<T> {
        T on(UserStore store) throws SQLException;
    }

    public View view() {
        Instant now = Instant.now();
        List<UserView> users = inStore(UserStore::all).stream()
                .map(user -> UserView.of(user, now))
                .toList();
        return new View(rules.isOpen() && users.isEmpty(), rules.hasIdentityProvider(), users);
    }

    public Optional<UserView> find(String name) {
        return User.isName(name)
                ? inStore(store -> store.find(name)).map(user -> UserView.of(user, Instant.now()))
                : Optional.empty();
    }

    /** See {@link UserPasswords#add}. */
    @Transactional
    UserView add(String name, Set<String> roles, String hash, Actor by) {
        return locked(by, store -> {
            int before = store.count();
            if (before == 0 && rules.isOpen() && !roles.contains(UserRole.ADMINISTRATOR)) {
                throw UserReason.FIRST.conflict();
            }
            if (before >= MOST) {
                throw UserReason.TOO_MANY.conflict(MOST);
            }
            if (!store.add(name, roles, hash, by.name())) {
                throw UserReason.THERE_ALREADY.conflict(name);
            }
            String first = before == 0 ? ", the first user" : "";
            told(EventKind.USER_ADDED, name, "none", named(roles) + first, by);
            return shown(store, name);
        });
    }

    /**
     * @param version that was shown
     * @param own whether the caller means it where it is their own role of an administrator that is lost
     * @throws NoSuchElementException where there is no such user
     * @throws IllegalArgumentException where a person cannot have these roles, or it is not meant
     * @throws IllegalStateException where somebody was quicker, or no administrator would be left
     */
    @Transactional
    public UserView setRoles(String name, long version, Set<String> roles, boolean own, Actor by) {
        UserRole.checkOfPeople(roles);
        return locked(by, store -> {
            User before = asShown(store, name, version);
            if (!roles.contains(UserRole.ADMINISTRATOR)) {
                requireLeave(store, before, own, by);
            }
            store.setRoles(name, roles, by.name());
            told(EventKind.USER_ROLES_CHANGED, name, named(before.roles()), named(roles), by);
            return shown(store, name);
        });
    }

    /** See {@link UserPasswords#set}. */
    @Transactional
    UserView setPassword(String name, long version, String hash, Actor by) {
        return locked(by, store -> {
            User before = asShown(store, name, version);
            store.setPassword(name, hash, by.name());
            told(
                    EventKind.USER_PASSWORD_CHANGED,
                    name,
                    "an earlier password" + (before.isLocked(Instant.now()) ? ", locked" : ""),
                    "a new one",
                    by);
            return shown(store, name);
        });
    }

    /** Parameters and what is thrown as of {@link #setRoles}. */
    @Transactional
    public UserView disable(String name, long version, boolean own, Actor by) {
        return locked(by, store -> {
            User before = asShown(store, name, version);
            requireLeave(store, before, own, by);
            store.disable(name, by.name());
            told(EventKind.USER_DISABLED, name, state(before), "disabled", by);
            return shown(store, name);
        });
    }

    /** Unlocks too. Parameters and what is thrown as of {@link #setRoles}. */
    @Transactional
    public UserView enable(String name, long version, Actor by) {
        return locked(by, store -> {
            User before = asShown(store, name, version);
            store.enable(name, by.name());
            told(EventKind.USER_ENABLED, name, state(before), "may sign in", by);
            return shown(store, name);
        });
    }

    /** What they did stays under their name. Parameters and what is thrown as of {@link #setRoles}. */
    @Transactional
    public void remove(String name, long version, boolean own, Actor by) {
        locked(by, store -> {
            User before = asShown(store, name, version);
            requireLeave(store, before, own, by);
            if (store.count() == 1) {
                throw UserReason.ONLY.conflict(name);
            }
            store.remove(name);
            told(EventKind.USER_REMOVED, name, named(before.roles()) + ", " + state(before), "none", by);
            return null;
        });
    }

    /** That they may lose what lets them administer. */
    private static void requireLeave(UserStore store, User user, boolean own, Actor by) throws SQLException {
        if (!own && user.name().equals(by.name())) {
            throw UserReason.OWN.wrong();
        }
        if (user.isAdministrator()
                && store.all().stream()
                        .noneMatch(other -> !other.name().equals(user.name()) && other.isAdministrator())) {
            throw UserReason.LAST.conflict(user.name());
        }
    }

    private static User asShown(UserStore store, String name, long version) throws SQLException {
        if (!User.isName(name)) {
            throw UserReason.NOBODY.unknown();
        }
        User user = store.find(name).orElseThrow(() -> UserReason.NOT_THERE.unknown(name));
        if (user.version() != version) {
            throw user.changedBy() == null
                    ? UserReason.NOT_AS_SHOWN.conflict(name)
                    : UserReason.QUICKER.conflict(user.changedBy(), name, user.changedAt());
        }
        return user;
    }

    private static UserView shown(UserStore store, String name) throws SQLException {
        return UserView.of(store.find(name).orElseThrow(), Instant.now());
    }

    /** Who came while nobody was asked to sign in does nothing more once somebody is. */
    private <T> T locked(Actor by, Act<T> act) {
        return inStore(store -> {
            store.lockAll();
            if (by.name().equals(Identities.LOOPBACK)
                    && !store.isEmpty()
                    && store.find(Identities.LOOPBACK).isEmpty()) {
                throw UserReason.CLOSED.conflict();
            }
            return act.on(store);
        });
    }

    /** The cause is left out but for its state: of a row that is refused the server tells all columns. */
    private <T> T inStore(Act<T> act) {
        try (Connection connection = dataSource.getConnection()) {
            return act.on(new UserStore(connection));
        } catch (SQLException e) {
            throw new PersistenceException(
                    "the user store cannot be used, SQLSTATE " + e.getSQLState()
                            + ": see the database's log, and whether the application's role may change app_user",
                    new SQLException("the database says " + e.getSQLState(), e.getSQLState()));
        }
    }

    private static String state(User user) {
        if (user.isDisabled()) {
            return "disabled";
        }
        return user.isLocked(Instant.now()) ? "locked" : "may sign in";
    }

    private static String named(Set<String> roles) {
        return String.join(", ", new TreeSet<>(roles));
    }

    private void told(EventKind kind, String name, String before, String after, Actor by) {
        audit.append(by.did(new AuditTrail.Event(kind, null, name, "before: " + before + "; after: " + after)));
    }
}
