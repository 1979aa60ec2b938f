package org.rigatino.access;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of {@code app_user}, over plain JDBC and within the connection's transaction. */
final class UserStore {
    private static final String COLUMNS = "name, roles, created_at, disabled_at, locked_until, version,"
            + " changed_by, changed_at, last_sign_in_at,"
            + " encode(sha256(convert_to(password_hash, 'UTF8')), 'hex') as password_digest";

    /** What judging a password needs, beside the user. */
    record Secret(User user, String passwordHash, int failures) {}

    private final Connection connection;

    UserStore(Connection connection) {
        this.connection = connection;
    }

    boolean isEmpty() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select exists (select from app_user)");
                ResultSet row = query.executeQuery()) {
            row.next();
            return !row.getBoolean(1);
        }
    }

    Optional<User> find(String name) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select " + COLUMNS + " from app_user where name = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(user(row)) : Optional.empty();
            }
        }
    }

    List<User> all() throws SQLException {
        List<User> users = new ArrayList<>();
        try (PreparedStatement query =
                        connection.prepareStatement("select " + COLUMNS + " from app_user order by name");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                users.add(user(row));
            }
        }
        return users;
    }

    int count() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select count(*) from app_user");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    Optional<String> passwordHash(String name) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select password_hash from app_user where name = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** Attempts at one user go one after the other. */
    Optional<Secret> lock(String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select " + COLUMNS + ", password_hash, failed_sign_ins from app_user where name = ? for update")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Secret(user(row), row.getString("password_hash"), row.getInt("failed_sign_ins")))
                        : Optional.empty();
            }
        }
    }

    /** @return whether there was no user of this name yet */
    boolean add(String name, Set<String> roles, String passwordHash, String by) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into app_user (name, roles, password_hash,"
                + " created_at, changed_by, changed_at) values (?, ?, ?, now(), ?, now()) on conflict do nothing")) {
            insert.setString(1, name);
            insert.setArray(2, connection.createArrayOf("text", roles.toArray()));
            insert.setString(3, passwordHash);
            insert.setString(4, by);
            return insert.executeUpdate() == 1;
        }
    }

    boolean setPassword(String name, String passwordHash, String by) throws SQLException {
        return change("failed_sign_ins = 0, locked_until = null, password_hash = ?", passwordHash, by, name);
    }

    boolean disable(String name, String by) throws SQLException {
        return change("disabled_at = coalesce(disabled_at, now())", by, name);
    }

    boolean enable(String name, String by) throws SQLException {
        return change("disabled_at = null, failed_sign_ins = 0, locked_until = null", by, name);
    }

    boolean setRoles(String name, Set<String> roles, String by) throws SQLException {
        return change("roles = ?", connection.createArrayOf("text", roles.toArray()), by, name);
    }

    boolean remove(String name) throws SQLException {
        return update("delete from app_user where name = ?", name);
    }

    /** Until the transaction ends no person adds, changes or removes a user; who signs in does not wait for it. */
    void lockAll() throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended('rigatino.users', 0))")) {
            lock.execute();
        }
    }

    /** By the right password. */
    void signedIn(String name) throws SQLException {
        update(
                "update app_user set failed_sign_ins = 0, locked_until = null, last_sign_in_at = now() where name = ?",
                name);
    }

    /** @param lockedUntil null where the user stays open */
    void count(String name, int failures, Instant lockedUntil) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update app_user set failed_sign_ins = ?, locked_until = ? where name = ?")) {
            update.setInt(1, failures);
            update.setObject(2, lockedUntil == null ? null : lockedUntil.atOffset(ZoneOffset.UTC));
            update.setString(3, name);
            update.executeUpdate();
        }
    }

    /** @param values of what is set, then who does it, then the user's name */
    private boolean change(String set, Object... values) throws SQLException {
        return update(
                "update app_user set " + set
                        + ", version = nextval('app_user_version'), changed_by = ?, changed_at = now() where name = ?",
                values);
    }

    private boolean update(String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate() == 1;
        }
    }

    private static User user(ResultSet row) throws SQLException {
        Array roles = row.getArray("roles");
        return new User(
                row.getString("name"),
                Set.of((String[]) roles.getArray()),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("disabled_at")),
                instant(row.getTimestamp("locked_until")),
                row.getString("password_digest"),
                row.getLong("version"),
                row.getString("changed_by"),
                instant(row.getTimestamp("changed_at")),
                instant(row.getTimestamp("last_sign_in_at")));
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
