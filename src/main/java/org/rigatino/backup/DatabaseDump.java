package org.rigatino.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.rigatino.audit.AuditChain;

/**
 * The record as files, in PostgreSQL's COPY format, of one moment: the connection's transaction sees one snapshot. Tables
 * are made by migrations and are not part of it.
 */
final class DatabaseDump {
    static final String FOLDER = "database";

    /** Follows the trail by a trigger. */
    static final String HEAD = "audit_head";

    private static final int FETCH_SIZE = 1000;

    private static final String TABLES =
            """
            select c.relname, array_to_string(array(select quote_ident(a.attname) from pg_attribute a
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                order by a.attnum), chr(10))
            from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and not c.relispartition and c.relname not in ('flyway_schema_history', 'audit_head') order by 1""";

    private final Connection connection;
    private final Path backup;

    /** @param connection as the owner of the tables, in a transaction of REPEATABLE READ */
    DatabaseDump(Connection connection, Path backup) {
        this.connection = connection;
        this.backup = backup;
    }

    static String schema(Connection connection) throws SQLException, BackupException {
        List<String> there = texts(connection, "select to_regclass('public.flyway_schema_history')::text");
        List<String> versions = there.get(0) == null
                ? List.of()
                : texts(
                        connection,
                        "select version from flyway_schema_history where success and version is not null"
                                + " order by installed_rank desc limit 1");
        if (versions.isEmpty()) {
            throw new BackupException("the database has no tables of Rigatino's");
        }
        return versions.get(0);
    }

    static String anchor(Connection connection) throws SQLException {
        return AuditChain.head(connection).toString();
    }

    List<Manifest.Table> tables() throws SQLException, IOException {
        Files.createDirectories(backup.resolve(FOLDER));
        Map<String, List<String>> tables = tables(connection);
        List<Manifest.Table> dumped = new ArrayList<>();
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            Path file = file(backup, table.getKey());
            long rows;
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 64 * 1024)) {
                rows = copies(connection)
                        .copyOut(
                                "copy (select " + String.join(", ", table.getValue()) + " from public." + table.getKey()
                                        + order(table.getKey()) + ") to stdout",
                                out);
            }
            Copies.sync(file);
            dumped.add(new Manifest.Table(table.getKey(), table.getValue(), rows, Copies.digest(file)));
        }
        Copies.sync(backup.resolve(FOLDER));
        return dumped;
    }

    /** The trail goes in as it grew. */
    private static String order(String table) {
        return table.equals("audit_event") ? " order by id" : "";
    }

    static Path file(Path backup, String table) {
        return backup.resolve(FOLDER).resolve(table + ".copy.gz");
    }

    static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** Columns by table, those that are computed left out. */
    static Map<String, List<String>> tables(Connection connection) throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.put(rows.getString(1), List.of(rows.getString(2).split("\n")));
            }
        }
        return tables;
    }

    Map<String, Long> sequences() throws SQLException {
        Map<String, Long> sequences = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select sequencename, last_value from pg_sequences"
                        + " where schemaname = 'public' and last_value is not null order by 1")) {
            while (rows.next()) {
                sequences.put(rows.getString(1), rows.getLong(2));
            }
        }
        return sequences;
    }

    List<String> auditMonths() throws SQLException {
        return texts(
                connection,
                "select distinct date_trunc('month', occurred_at at time zone 'UTC')::date::text from audit_event"
                        + " order by 1");
    }

    /** What the record names and retention has not deleted, as of the snapshot. */
    void named(String table, FileList.Visitor visitor) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery("select distinct f.sha256, f.location from " + table
                    + " f join study s on s.id = f.study_id where " + deleted(table) + " is null")) {
                while (rows.next()) {
                    visitor.visit(rows.getString(1), rows.getString(2));
                }
            }
        }
    }

    /** Of locations, those that retention has deleted since. */
    static List<String> deletedSince(Connection connection, String table, Set<String> locations) throws SQLException {
        String deleted = deleted(table);
        return texts(
                        connection,
                        "select f.location from " + table + " f join study s on s.id = f.study_id where " + deleted
                                + " > now() - interval '7 days'")
                .stream()
                .filter(locations::contains)
                .collect(Collectors.toList());
    }

    private static String deleted(String table) {
        return table.equals("instance") ? "f.file_deleted_at" : "s.outputs_deleted_at";
    }

    /** Names and versions of the releases that serve, by their digests. */
    Map<String, String> serving() throws SQLException {
        Map<String, String> serving = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select model_digest, model_name || '/' || model_version"
                        + " from release_standing where standing = 'SERVING'")) {
            while (rows.next()) {
                serving.put(rows.getString(1), rows.getString(2));
            }
        }
        return serving;
    }

    static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
