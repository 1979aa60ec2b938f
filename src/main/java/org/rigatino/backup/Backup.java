package org.rigatino.backup;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
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
        Set<String> missing = new TreeSet<>();
        for (Map.Entry<String, Path> place : places.byName().entrySet()) {
            files.put(place.getKey(), copy(place.getKey(), place.getValue(), missing));
        }
        missing.addAll(absentReleases(snapshot.serving()));
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
                List.copyOf(missing));
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

    /** What rows name, then what else is there. */
    private Manifest.Listed copy(String name, Path place, Set<String> missing) throws IOException, SQLException {
        Path list = folder.resolve(name + ".sha256");
        Path target = Files.createDirectories(folder.resolve(name));
        long count;
        try (FileList.Writer copied = new FileList.Writer(list)) {
            if (TABLES.containsKey(name)) {
                missing.addAll(copyNamed(name, place, target, copied));
            }
            if (Files.isDirectory(place)) {
                Files.walkFileTree(
                        place,
                        Set.of(FileVisitOption.FOLLOW_LINKS),
                        Integer.MAX_VALUE,
                        others(place, target, location -> !missing.contains(name + "/" + location), copied));
            }
            count = copied.count();
        }
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

    /** @return what should be there and is not, or is damaged */
    private List<String> copyNamed(String name, Path place, Path target, FileList.Writer copied)
            throws IOException, SQLException {
        List<String> missing = new ArrayList<>();
        FileList.each(namedBy(name), place, (sha256, location) -> {
            try {
                String there = Copies.copy(place.resolve(location), target.resolve(location));
                if (there.equals(sha256)) {
                    copied.add(sha256, location);
                } else {
                    Files.delete(target.resolve(location));
                    missing.add(location);
                }
            } catch (NoSuchFileException e) {
                missing.add(location);
            }
        });
        Files.delete(namedBy(name));
        if (!missing.isEmpty()) {
            missing.removeAll(DatabaseDump.deletedSince(connection, TABLES.get(name), Set.copyOf(missing)));
            connection.rollback();
        }
        return missing.stream().map(location -> name + "/" + location).toList();
    }

    /** @param whole of a location: what is damaged would be listed under the digest that it has now */
    private static FileVisitor<Path> others(Path place, Path target, Predicate<String> whole, FileList.Writer copied) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = place.relativize(file);
                if (attributes.isRegularFile()
                        && Places.isKept(relative)
                        && whole.test(relative.toString())
                        && Files.notExists(target.resolve(relative.toString()))) {
                    try {
                        copied.add(Copies.copy(file, target.resolve(relative.toString())), relative.toString());
                    } catch (NoSuchFileException e) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            /** Retention deletes beside us. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        };
    }

    private void refuse(Set<String> missing) throws BackupException {
        if (!missing.isEmpty() && !acceptMissing) {
            throw new BackupException(missing.size() + " files that the record names are not there, or not as they were"
                    + " written, the first of them " + missing.iterator().next() + "; " + looked(missing)
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
