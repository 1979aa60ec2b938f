package org.rigatino.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Statements by JDBC with their parameters, of which collections are arrays of {@code text} unless they are {@link #numbers}. */
final class Sql {
    private Sql() {}

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private record Numbers(Collection<Long> values) {}

    /** As an array of {@code bigint}. */
    static Object numbers(Collection<Long> values) {
        return new Numbers(values);
    }

    static <T> List<T> list(Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
        List<T> read = new ArrayList<>();
        try (PreparedStatement select = bound(connection, sql, parameters);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                read.add(row.read(rows));
            }
        }
        return read;
    }

    /** Of the first column. */
    static List<String> texts(Connection connection, String sql, Object... parameters) throws SQLException {
        return list(connection, sql, row -> row.getString(1), parameters);
    }

    static boolean isAny(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = bound(connection, sql, parameters);
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /** @return how many rows */
    static int change(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement change = bound(connection, sql, parameters)) {
            return change.executeUpdate();
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, value(connection, parameters[i]));
        }
        return statement;
    }

    private static Object value(Connection connection, Object parameter) throws SQLException {
        if (parameter instanceof Numbers numbers) {
            return connection.createArrayOf("bigint", numbers.values.toArray());
        }
        if (parameter instanceof Collection<?> texts) {
            return connection.createArrayOf("text", texts.toArray());
        }
        return parameter instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : parameter;
    }
}
