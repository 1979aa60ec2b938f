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
    private static final String COLUMNS = "name, roles, created_at, disabled_at, locked_until,"
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
    boolean add(String name, Set<String> roles, String passwordHash) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into app_user (name, roles, password_hash,"
                + " created_at) values (?, ?, ?, ?) on conflict do nothing")) {
            insert.setString(1, name);
            insert.setArray(2, connection.createArrayOf("text", roles.toArray()));
            insert.setString(3, passwordHash);
            insert.setObject(4, Instant.now().atOffset(ZoneOffset.UTC));
            return insert.executeUpdate() == 1;
        }
    }

    boolean setPassword(String name, String passwordHash) throws SQLException {
        return update(
                "update app_user set failed_sign_ins = 0, locked_until = null, password_hash = ? where name = ?",
                passwordHash,
                name);
    }

    boolean disable(String name) throws SQLException {
        return update("update app_user set disabled_at = coalesce(disabled_at, now()) where name = ?", name);
    }

    boolean enable(String name) throws SQLException {
        return update(
                "update app_user set disabled_at = null, failed_sign_ins = 0, locked_until = null where name = ?",
                name);
    }

    boolean setRoles(String name, Set<String> roles) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update app_user set roles = ? where name = ?")) {
            update.setArray(1, connection.createArrayOf("text", roles.toArray()));
            update.setString(2, name);
            return update.executeUpdate() == 1;
        }
    }

    boolean remove(String name) throws SQLException {
        return update("delete from app_user where name = ?", name);
    }

    /** Until the transaction ends nobody adds, changes or removes a user. */
    void lockAll() throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("lock table app_user in share row exclusive mode")) {
            lock.execute();
        }
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

    private boolean update(String sql, String... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setString(i + 1, values[i]);
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
                row.getString("password_digest"));
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
