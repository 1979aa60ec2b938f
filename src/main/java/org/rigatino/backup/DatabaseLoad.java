package org.rigatino.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.rigatino.embedded.DatabaseConnection;

/** The record from files into tables that its migrations have made: all of it or nothing. */
final class DatabaseLoad {
    private static final String TRIGGERED =
            "select distinct t.tgrelid::regclass::text from pg_trigger t join pg_class c on c.oid = t.tgrelid"
                    + " where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and not c.relispartition"
                    + " and c.relname <> 'audit_event'";

    private final DatabaseConnection database;
    private final Connection connection;
    private final Manifest manifest;
    private final Path backup;

    DatabaseLoad(DatabaseConnection database, Manifest manifest, Path backup) {
        this.database = database;
        this.connection = database.connection();
        this.manifest = manifest;
        this.backup = backup;
    }

    /** @throws BackupException where the database has rows, or is of a later schema, or this program of an earlier one */
    void check() throws SQLException, BackupException {
        MigrationVersion wanted = MigrationVersion.fromVersion(manifest.schema());
        MigrationInfoService migrations = flyway(MigrationVersion.LATEST).info();
        if (Stream.of(migrations.all())
                .noneMatch(migration -> wanted.equals(migration.getVersion())
                        && migration.getState().isResolved())) {
            throw new BackupException("the backup has schema " + manifest.schema()
                    + ", which this version does not know: restore it with the version that made it, or a later one");
        }
        MigrationInfo current = migrations.current();
        if (current != null && current.getVersion().compareTo(wanted) > 0) {
            throw new BackupException("the database has schema " + current.getVersion() + " already, and the backup "
                    + manifest.schema() + ": name an empty database");
        }
        requireEmpty();
    }

    private void requireEmpty() throws SQLException, BackupException {
        for (String table : DatabaseDump.tables(connection).keySet()) {
            if (!DatabaseDump.texts(connection, "select 1 from public." + table + " limit 1")
                    .isEmpty()) {
                throw new BackupException("the database is in use: its table " + table
                        + " has rows. A backup is restored into an empty database");
            }
        }
    }

    private Flyway flyway(MigrationVersion target) {
        DatabaseConnection.Address address = database.address();
        return Flyway.configure()
                .dataSource(address.url(), address.user(), address.password())
                .target(target)
                .load();
    }

    /** @throws BackupException where the schema cannot be made */
    void migrate() throws BackupException {
        try {
            flyway(MigrationVersion.fromVersion(manifest.schema())).migrate();
        } catch (FlywayException e) {
            throw new BackupException("the tables cannot be made: "
                    + e.getMessage().strip().lines().findFirst().orElse("")
                    + " (a new database needs sql/setup/roles.sql first)");
        }
    }

    /**
     * Within the connection's transaction. Constraints between tables are made anew behind it, and so hold. Triggers are silent but for
     * the trail's, whose head follows it: what they wrote is in the backup.
     */
    void load() throws SQLException, IOException {
        List<String[]> constraints = foreignKeys();
        for (String[] constraint : constraints) {
            execute("alter table " + constraint[0] + " drop constraint " + constraint[1]);
        }
        for (String month : manifest.auditMonths()) {
            call("select make_audit_partition(cast(? as date))", month);
        }
        List<String> triggered = texts(TRIGGERED);
        for (String table : triggered) {
            execute("alter table " + table + " disable trigger user");
        }
        loadTables();
        for (String table : triggered) {
            execute("alter table " + table + " enable trigger user");
        }
        for (String[] constraint : constraints) {
            execute("alter table " + constraint[0] + " add constraint " + constraint[1] + " " + constraint[2]);
        }
        for (Map.Entry<String, Long> sequence : manifest.sequences().entrySet()) {
            call("select setval(cast(? as regclass), " + sequence.getValue() + ")", "public." + sequence.getKey());
        }
    }

    private void loadTables() throws SQLException, IOException {
        Map<String, List<String>> tables = DatabaseDump.tables(connection);
        for (Manifest.Table table : manifest.tables()) {
            if (!table.columns().equals(tables.remove(table.name()))) {
                throw new BackupException(
                        "table " + table.name() + " of the backup is not that of schema " + manifest.schema());
            }
            load(table);
        }
        if (!tables.isEmpty()) {
            throw new BackupException("the backup lacks the tables " + tables.keySet());
        }
    }

    private void load(Manifest.Table table) throws SQLException, IOException {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        try (InputStream file =
                        new DigestInputStream(Files.newInputStream(DatabaseDump.file(backup, table.name())), sha256);
                InputStream in = new GZIPInputStream(file, 64 * 1024)) {
            long rows = DatabaseDump.copies(connection)
                    .copyIn(
                            "copy public." + table.name() + " (" + String.join(", ", table.columns()) + ") from stdin",
                            in);
            if (rows != table.rows()) {
                throw new BackupException("table " + table.name() + " of the backup has " + rows
                        + " rows, and its manifest " + table.rows());
            }
            file.transferTo(OutputStream.nullOutputStream());
            if (!Hex.encodeHexString(sha256.digest()).equals(table.sha256())) {
                throw new BackupException("table " + table.name() + " of the backup has changed since it was proved");
            }
        }
    }

    private List<String[]> foreignKeys() throws SQLException {
        List<String[]> constraints = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint"
                                + " where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0")) {
            while (rows.next()) {
                constraints.add(new String[] {rows.getString(1), rows.getString(2), rows.getString(3)});
            }
        }
        return constraints;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Since the backup they may have been corrected or removed. @return all that begin so, by name */
    List<String> pauseDestinations() throws SQLException {
        execute("update destination set paused = true, version = nextval('destination_version') where not paused");
        return texts("select name from destination order by name");
    }

    /** Releases and studies may be others than when it was backed up. @return all that go on when somebody lets them, by number */
    List<String> pauseRuns() throws SQLException {
        execute("update rerun set state = 'PAUSED', state_reason = 'a backup was restored', state_since = now()"
                + " where state = 'RUNNING'");
        return texts("select id::text from rerun where state = 'PAUSED' order by id");
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    void call(String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.execute();
        }
    }
}
