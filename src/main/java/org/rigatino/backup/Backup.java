package org.rigatino.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.embedded.FileTrouble;
import org.rigatino.restore.ModelRelease;

/**
 * Makes a backup while everything works. The record comes first, as of one moment, then the files: a file is on disk before a
 * row names it, so that all that the record of that moment names is there. What came since is copied too, and named by no row.
 */
final class Backup {
    private static final Map<String, String> TABLES = Map.of("instances", "instance", "outputs", "output");

    private final Connection connection;
    private final Places places;
    private final Path folder;
    private final boolean acceptMissing;

    /**
     * @param connection as the owner of the tables
     * @param folder absent or empty
     * @param acceptMissing whether files that the record names and that are not there, or damaged, are listed as that
     */
    Backup(Connection connection, Places places, Path folder, boolean acceptMissing) {
        this.connection = connection;
        this.places = places;
        this.folder = folder.toAbsolutePath().normalize();
        this.acceptMissing = acceptMissing;
    }

    /** What was made, and the SHA-256 of its manifest. */
    record Made(Manifest manifest, String sha256) {}

    /**
     * Where it fails, nothing of it stays; a backup that is whole does, though the trail could not note it.
     *
     * @throws BackupException then, too
     */
    Made make() throws IOException, SQLException {
        BackupFolder claimed = new BackupFolder(folder, places);
        claimed.claim();
        Made made;
        try {
            made = made(claimed);
        } catch (IOException | SQLException | RuntimeException e) {
            claimed.remove(e);
            throw e;
        }
        try {
            note(made.sha256());
        } catch (SQLException | RuntimeException e) {
            throw new BackupException(
                    "the backup in " + folder + " is made and whole, its manifest has the sha256 " + made.sha256()
                            + ", but it is not noted in the audit trail: " + e.getMessage()
                            + ". Keep that digest and make the backup known by hand, in the site's own records, or make another",
                    e);
        }
        return made;
    }

    private Made made(BackupFolder claimed) throws IOException, SQLException {
        String madeAt = Instant.now().toString();
        Snapshot snapshot = snapshot();
        Map<String, Manifest.Listed> files = new TreeMap<>();
        SortedMap<String, String> missing = new TreeMap<>();
        for (Map.Entry<String, Path> place : places.byName().entrySet()) {
            files.put(place.getKey(), copy(place.getKey(), place.getValue(), missing));
        }
        absentReleases(snapshot.serving())
                .forEach(file -> missing.putIfAbsent(file, "is not there as the record has it"));
        refuse(missing);
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                madeAt,
                snapshot.schema(),
                snapshot.anchor(),
                snapshot.tables(),
                snapshot.sequences(),
                snapshot.auditMonths(),
                files,
                missing.entrySet().stream()
                        .map(file -> file.getKey() + ": " + file.getValue())
                        .toList());
        claimed.release();
        return new Made(manifest, manifest.write(folder));
    }

    /** The record of one moment, as {@link Manifest} has it; files that it names are listed beside it. */
    private record Snapshot(
            String schema,
            String anchor,
            List<Manifest.Table> tables,
            Map<String, Long> sequences,
            List<String> auditMonths,
            Map<String, String> serving) {}

    private Snapshot snapshot() throws IOException, SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        DatabaseDump dump = new DatabaseDump(connection, folder);
        String schema = DatabaseDump.schema(connection);
        requireTrail();
        Snapshot snapshot = new Snapshot(
                schema,
                DatabaseDump.anchor(connection),
                dump.tables(),
                dump.sequences(),
                dump.auditMonths(),
                dump.serving());
        for (String name : TABLES.keySet()) {
            listNamed(dump, name);
        }
        connection.rollback();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return snapshot;
    }

    /** A broken one cannot go into another database, and is better known of now. */
    private void requireTrail() throws SQLException, BackupException {
        AuditChain.Verification trail = AuditChain.verifyWithin(connection);
        if (!trail.intact()) {
            throw new BackupException("the audit trail is broken: " + trail.told()
                    + ". It could not be brought back; keep the database as it is, by pg_dump, and find out why");
        }
    }

    private Path namedBy(String name) {
        return folder.resolve(name + ".named");
    }

    private void listNamed(DatabaseDump dump, String name) throws SQLException, IOException {
        try (FileList.Writer named = new FileList.Writer(namedBy(name))) {
            dump.named(TABLES.get(name), named::add);
        }
    }

    /**
     * What rows name, then what else is there.
     *
     * @param missing gets what could not be copied, and why
     */
    private Manifest.Listed copy(String name, Path place, Map<String, String> missing)
            throws IOException, SQLException {
        Path list = folder.resolve(name + ".sha256");
        Path target = Files.createDirectories(folder.resolve(name));
        Map<String, String> absent = new HashMap<>();
        long count;
        try (FileList.Writer copied = new FileList.Writer(list)) {
            if (TABLES.containsKey(name)) {
                absent.putAll(copyNamed(name, place, target, copied));
            }
            others(place, target, absent, copied).visit();
            count = copied.count();
        }
        absent.forEach((location, why) -> missing.put(name + "/" + location, why));
        Copies.sync(list);
        return new Manifest.Listed(count, Copies.digest(list));
    }

    /** Without the folder of a release that serves, each of its images would fail: no other judges them. */
    private List<String> absentReleases(Map<String, String> serving) throws IOException {
        Map<String, String> absent = new TreeMap<>(serving);
        FileList.each(folder.resolve(Places.MODELS + ".sha256"), folder.resolve(Places.MODELS), (sha256, location) -> {
            if (location.endsWith("/" + ModelRelease.SUMS_FILE)) {
                absent.remove(sha256);
            }
        });
        return absent.values().stream()
                .map(release -> Places.MODELS + "/" + release + "/" + ModelRelease.SUMS_FILE)
                .toList();
    }

    /** @return what should be there and is not, or is damaged, and why */
    private Map<String, String> copyNamed(String name, Path place, Path target, FileList.Writer copied)
            throws IOException, SQLException {
        Map<String, String> missing = new HashMap<>();
        FileList.each(namedBy(name), place, (sha256, location) -> {
            try {
                String there = Copies.copy(place.resolve(location), target.resolve(location));
                if (there.equals(sha256)) {
                    copied.add(sha256, location);
                } else {
                    Files.delete(target.resolve(location));
                    missing.put(location, "is not as it was written");
                }
            } catch (UnreadableException e) {
                missing.put(location, e.getMessage());
            }
        });
        Files.delete(namedBy(name));
        if (!missing.isEmpty()) {
            missing.keySet()
                    .removeAll(DatabaseDump.deletedSince(connection, TABLES.get(name), Set.copyOf(missing.keySet())));
            connection.rollback();
        }
        return missing;
    }

    /** @param missing is not listed: what is damaged would be, under the digest that it has now */
    private static PlaceFiles others(Path place, Path target, Map<String, String> missing, FileList.Writer copied) {
        return new PlaceFiles(place) {
            @Override
            void file(Path location) throws IOException {
                String name = location.toString();
                if (Places.isKept(location) && !missing.containsKey(name) && Files.notExists(target.resolve(name))) {
                    try {
                        copied.add(Copies.copy(place.resolve(name), target.resolve(name)), name);
                    } catch (UnreadableException e) {
                        unreadable(location, (IOException) e.getCause());
                    }
                }
            }

            @Override
            void unreadable(Path location, IOException cause) {
                if (Places.isKept(location) && !(cause instanceof NoSuchFileException)) {
                    missing.putIfAbsent(location.toString(), FileTrouble.tell(cause));
                }
            }
        };
    }

    private void refuse(SortedMap<String, String> missing) throws BackupException {
        if (!missing.isEmpty() && !acceptMissing) {
            String first = missing.firstKey();
            throw new BackupException(
                    missing.size() + " files that the record names, or that lie there, cannot be copied as"
                            + " they were written, the first of them " + first + ": " + missing.get(first) + "; "
                            + looked(missing.keySet())
                            + ". Bring them back, point the setting to where they are, or make the backup without them by"
                            + " --accept-missing. None was made");
        }
    }

    private String looked(Set<String> missing) {
        return places.byName().keySet().stream()
                .filter(name -> missing.stream().anyMatch(file -> file.startsWith(name + "/")))
                .map(places::told)
                .collect(Collectors.joining(", "));
    }

    private void note(String sha256) throws SQLException {
        AuditChain.append(
                connection,
                List.of(new AuditTrail.Event(
                                EventKind.BACKUP_MADE, null, AuditSource.host(), "manifest with sha256 " + sha256)
                        .by(AuditSource.account())
                        .from(AuditSource.host())));
        connection.commit();
    }
}
