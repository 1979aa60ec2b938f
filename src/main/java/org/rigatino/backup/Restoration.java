package org.rigatino.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.persistence.StoreFolder;
import org.rigatino.restore.ModelRelease;

/**
 * Brings a backup back on an empty machine. All of it is verified before anything is touched; then come the files, and last
 * the record, in one transaction: what it names is there. A return that was cut short is begun again.
 */
final class Restoration {
    /** NAME/VERSION, below which the files of a release lie. */
    private static final int RELEASE_DEPTH = 2;

    /** Before the backup. What was announced then may have been with the broker alone, which keeps events for as long. */
    private static final String TOLD_AGAIN = "7 days";

    private final Path backup;
    private final Places places;
    private final Manifest manifest;
    private List<String> paused = List.of();
    private List<String> pausedRuns = List.of();

    Restoration(Path backup, Places places) throws IOException {
        this.backup = backup.toAbsolutePath().normalize();
        this.places = places;
        this.manifest = Manifest.read(this.backup);
    }

    Manifest manifest() {
        return manifest;
    }

    /** Where it is known what was made. @param sha256 as {@code backup} told it */
    void requireManifest(String sha256) throws IOException {
        String found = Manifest.digest(backup);
        if (!found.equalsIgnoreCase(sha256)) {
            throw new BackupException("the manifest of " + backup + " has the SHA-256 " + found + " and not " + sha256
                    + ": it is of another backup, or was changed");
        }
    }

    /**
     * Reads everything.
     *
     * @return the trail, row by row
     * @throws BackupException where something is missing, not what the manifest says, or the trail is broken
     */
    AuditChain.Verification verify() throws IOException {
        for (Manifest.Table table : manifest.tables()) {
            if (!table.name().matches("[a-z_]+")) {
                throw new BackupException("the manifest names a table that is none");
            }
            require(DatabaseDump.file(backup, table.name()), table.sha256());
        }
        if (!manifest.files().keySet().equals(places.byName().keySet())) {
            throw new BackupException("the manifest lists " + manifest.files().keySet() + ", and a backup has "
                    + places.byName().keySet());
        }
        for (Map.Entry<String, Manifest.Listed> files : manifest.files().entrySet()) {
            Path list = list(files.getKey());
            require(list, files.getValue().sha256());
            Path root = backup.resolve(files.getKey());
            long count = FileList.each(list, root, (sha256, location) -> require(root.resolve(location), sha256));
            if (count != files.getValue().files()) {
                throw new BackupException(list + " has " + count + " files, and the manifest "
                        + files.getValue().files());
            }
        }
        return CopiedTrail.prove(backup, manifest);
    }

    private Path list(String name) {
        return backup.resolve(name + ".sha256");
    }

    private static void require(Path file, String sha256) throws IOException {
        try {
            if (!Copies.digest(file).equals(sha256)) {
                throw new BackupException(file + " is not what was backed up: its SHA-256 is another");
            }
        } catch (NoSuchFileException e) {
            throw new BackupException(file + " is missing: the backup is not whole");
        }
    }

    /** @throws BackupException where something is there that is not of this backup; releases may be there beside its own */
    void checkPlaces() throws IOException {
        for (Map.Entry<String, Path> place : places.byName().entrySet()) {
            Path target = place.getValue();
            long[] same = new long[1];
            FileList.each(list(place.getKey()), target, (sha256, location) -> {
                if (Files.exists(target.resolve(location))) {
                    same[0]++;
                    if (isToBeSame(place.getKey(), location)
                            && !Copies.digest(target.resolve(location)).equals(sha256)) {
                        throw new BackupException(target.resolve(location)
                                + " is there, and another than in the backup:" + " restore into empty folders");
                    }
                }
            });
            if (!place.getKey().equals("models") && same[0] != count(target)) {
                throw new BackupException(
                        target + " holds files that are not of this backup: restore into empty folders");
            }
        }
    }

    /**
     * All but what lies beside the releases and is no part of one, as a card, a chart or a profile: that of the program that is here
     * stays, so that an upgrade does not end the use of earlier backups.
     */
    private boolean isToBeSame(String place, String location) throws IOException {
        Path file = backup.resolve(place).resolve(location);
        if (!place.equals("models")) {
            return true;
        }
        if (Path.of(location).getNameCount() <= RELEASE_DEPTH) {
            return false;
        }
        Path sums = file.resolveSibling(ModelRelease.SUMS_FILE);
        String name = file.getFileName().toString();
        return Files.notExists(sums)
                || name.equals(ModelRelease.SUMS_FILE)
                || Files.readAllLines(sums).stream().anyMatch(line -> line.endsWith("  " + name));
    }

    private static long count(Path folder) throws IOException {
        long[] count = new long[1];
        new PlaceFiles(folder) {
            @Override
            void file(Path location) {
                count[0] += location.toString().endsWith(".tmp") ? 0 : 1;
            }

            @Override
            void unreadable(Path location, IOException cause) throws IOException {
                throw cause;
            }
        }.visit();
        return count[0];
    }

    void restoreFiles() throws IOException {
        for (Map.Entry<String, Path> place : places.byName().entrySet()) {
            Path from = backup.resolve(place.getKey());
            Path target = StoreFolder.make(place.getValue().toAbsolutePath().normalize());
            FileList.each(list(place.getKey()), target, (sha256, location) -> {
                Path file = target.resolve(location);
                if (Files.notExists(file)
                        && !Copies.copy(from.resolve(location), file).equals(sha256)) {
                    Files.delete(file);
                    throw new BackupException(from.resolve(location) + " has changed while it was restored");
                }
            });
        }
    }

    /** @return the trail, as it was found after the return */
    AuditChain.Verification restoreDatabase(DatabaseConnection database) throws IOException, SQLException {
        DatabaseLoad load = new DatabaseLoad(database, manifest, backup);
        load.migrate();
        Connection connection = database.connection();
        connection.setAutoCommit(false);
        try {
            load.load();
            AuditChain.Verification trail = verified(connection);
            settle(load);
            AuditChain.append(
                    connection,
                    List.of(new AuditTrail.Event(
                                    EventKind.BACKUP_RESTORED,
                                    null,
                                    AuditSource.host(),
                                    "the record of " + manifest.madeAt() + ", whose trail ends with "
                                            + manifest.anchor()
                                            + named("; added destinations that begin paused: ", paused)
                                            + named("; runs of finished studies that begin paused: ", pausedRuns))
                            .by(AuditSource.account())
                            .from(AuditSource.host())));
            connection.commit();
            return trail;
        } catch (IOException | SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private static String named(String what, List<String> names) {
        return names.isEmpty() ? "" : what + String.join(", ", names);
    }

    private AuditChain.Verification verified(Connection connection) throws SQLException, BackupException {
        if (!DatabaseDump.anchor(connection).equals(manifest.anchor())) {
            throw new BackupException("the trail of the backup does not end with " + manifest.anchor());
        }
        AuditChain.Verification trail = AuditChain.verifyWithin(connection);
        if (!trail.intact()) {
            throw new BackupException("the trail of the backup is broken: " + trail.told());
        }
        return trail;
    }

    /** What is to be published was known to a broker that is gone; what is to be sent may be there, and elsewhere by now. */
    private void settle(DatabaseLoad load) throws SQLException {
        load.call(
                "insert into restoration (restored_at, backup_made_at) values (now(), cast(? as timestamptz))",
                manifest.madeAt());
        load.execute("update study set published_at = null where state in ('READY', 'RESTORING')");
        load.call(
                "update study set announced = null where coalesce(ended_at, restored_at)"
                        + " > cast(? as timestamptz) - interval '" + TOLD_AGAIN + "'",
                manifest.madeAt());
        if (hasTable("destination")) {
            paused = load.pauseDestinations();
        }
        if (hasTable("rerun")) {
            pausedRuns = load.pauseRuns();
        }
    }

    private boolean hasTable(String name) {
        return manifest.tables().stream().anyMatch(table -> table.name().equals(name));
    }

    /** Runs of finished studies that judge no further study before somebody has them go on; after the return. */
    List<String> pausedRuns() {
        return pausedRuns;
    }

    /** Destinations that administrators had added and that send nothing before somebody lets them go on; after the return. */
    List<String> paused() {
        return paused;
    }
}
