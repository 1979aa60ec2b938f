package org.rigatino.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The number of a schema is that of its last migration. Holds those that a database has against those that this program
 * knows, and writes nothing. A database without Rigatino's tables has none.
 */
public final class DatabaseSchema {
    private static final String FOLDER = "/db/migration";
    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__\\w+\\.sql");
    private static final String HISTORY = "to_regclass('public.flyway_schema_history')";

    private static final String MAY_MIGRATE = "select has_schema_privilege('public', 'create') and coalesce((select"
            + " pg_has_role(relowner, 'usage') from pg_class where oid = " + HISTORY + "), true)";
    private static final String GO_BACK = "start the version that did, or a later one; docs/operations.md, Going back,"
            + " tells how the record of before the upgrade is brought back for this one";

    private final Connection connection;
    private final SortedSet<Integer> known;

    private DatabaseSchema(Connection connection) throws IOException {
        this.connection = connection;
        this.known = migrations();
    }

    /** That this program migrates a database to. */
    public static int latest() throws IOException {
        return migrations().last();
    }

    /** @throws SchemaException where a later version has migrated the database */
    public static void requireKnown(Connection connection) throws IOException, SQLException {
        DatabaseSchema schema = new DatabaseSchema(connection);
        schema.requireKnown(schema.applied());
    }

    /** @throws SchemaException where the database has another schema than this program's */
    public static void requireCurrent(Connection connection) throws IOException, SQLException {
        DatabaseSchema schema = new DatabaseSchema(connection);
        SortedSet<Integer> applied = schema.applied();
        schema.requireKnown(applied);
        if (schema.isThere() && !applied.containsAll(schema.known)) {
            throw new SchemaException(
                    schema.behind(applied)
                            + ": ./rigatino serve of this version migrates it at its start, once a backup is made by the version before");
        }
    }

    /**
     * @param connection as the role that migrates
     * @throws SchemaException where a later version has migrated the database, or the role may not migrate an earlier one
     */
    public static void requireMigratable(Connection connection) throws IOException, SQLException {
        DatabaseSchema schema = new DatabaseSchema(connection);
        SortedSet<Integer> applied = schema.applied();
        schema.requireKnown(applied);
        if (!applied.containsAll(schema.known) && !schema.isTrue(MAY_MIGRATE)) {
            throw new SchemaException(schema.behind(applied) + ", and "
                    + connection.getMetaData().getUserName()
                    + " may not migrate it: start one process with quarkus.flyway.username of the owner, rigatino_owner, first"
                    + " (docs/security.md, Database)");
        }
    }

    private boolean isThere() throws SQLException {
        return isTrue("select " + HISTORY + " is not null");
    }

    /** Empty too where the role may not read them, which every role may since schema 39. */
    private SortedSet<Integer> applied() throws SQLException {
        SortedSet<Integer> applied = new TreeSet<>();
        if (!isTrue("select coalesce(has_table_privilege(" + HISTORY + ", 'select'), false)")) {
            return applied;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select version::int from public.flyway_schema_history where success and version is not null")) {
            while (rows.next()) {
                applied.add(rows.getInt(1));
            }
        }
        return applied;
    }

    private boolean isTrue(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void requireKnown(SortedSet<Integer> applied) throws SQLException, SchemaException {
        SortedSet<Integer> unknown = new TreeSet<>(applied);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new SchemaException(database() + " has schema " + unknown.last() + ", and this version knows schema "
                    + known.last() + ": a later version has migrated it; " + GO_BACK);
        }
    }

    private String behind(SortedSet<Integer> applied) throws SQLException {
        String has = !isThere()
                ? " has no tables yet"
                : applied.isEmpty() ? " has an earlier schema" : " has schema " + applied.last();
        return database() + has + ", and this version needs schema " + known.last();
    }

    /** Without the credentials that its URL may hold. */
    private String database() throws SQLException {
        return "the database " + connection.getMetaData().getURL().replaceFirst("[?].*", "");
    }

    private static SortedSet<Integer> migrations() throws IOException {
        try {
            URI folder = DatabaseSchema.class.getResource(FOLDER).toURI();
            if (!folder.getScheme().equals("jar")) {
                return numbers(Path.of(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
                return numbers(jar.getPath(FOLDER));
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static SortedSet<Integer> numbers(Path folder) throws IOException {
        SortedSet<Integer> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> MIGRATION.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .forEach(name -> numbers.add(Integer.valueOf(name.group(1))));
        }
        return numbers;
    }
}
