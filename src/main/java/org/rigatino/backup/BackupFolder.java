package org.rigatino.backup;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** The folder that one backup at a time is made into, and that is as it was before where that one fails. */
final class BackupFolder {
    /** There while a backup is made. */
    static final String CLAIM = "backup-under-way";

    private final Path folder;
    private final Places places;
    /** That were made for it, the innermost first. */
    private final List<Path> made = new ArrayList<>();

    private boolean claimed;

    /** @param folder absolute, absent or empty */
    BackupFolder(Path folder, Places places) {
        this.folder = folder;
        this.places = places;
    }

    /** Makes it for its owner alone. @throws BackupException where it is no place for a backup, or another one is made there */
    void claim() throws IOException {
        for (Path place : places.byName().values()) {
            Path real = real(place.toAbsolutePath().normalize());
            if (real(folder).startsWith(real) || real.startsWith(real(folder))) {
                throw new BackupException("a backup is made beside " + place + ", not in it nor around it");
            }
        }
        if (Files.exists(folder)) {
            requireEmpty();
        }
        for (Path each = folder; each != null && Files.notExists(each); each = each.getParent()) {
            made.add(each);
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        mark();
        try {
            requireEmpty();
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            release();
            throw e;
        }
    }

    /** Links followed as far as there is anything. */
    private static Path real(Path path) throws IOException {
        return Files.exists(path) || path.getParent() == null
                ? path.toRealPath()
                : real(path.getParent()).resolve(path.getFileName());
    }

    private void requireEmpty() throws IOException {
        if (!claimed && Files.exists(folder.resolve(CLAIM))) {
            throw taken();
        }
        try (Stream<Path> there = Files.list(folder)) {
            if (there.anyMatch(file -> !(claimed && file.endsWith(CLAIM)))) {
                throw new BackupException(folder + " is not empty: name a folder that is, or is not there");
            }
        }
    }

    private void mark() throws IOException {
        try {
            Files.createFile(folder.resolve(CLAIM));
            claimed = true;
        } catch (FileAlreadyExistsException e) {
            throw taken();
        }
    }

    private BackupException taken() {
        return new BackupException("another backup is being made into " + folder + ", as " + CLAIM
                + " there says, or was killed while it was made: name another folder, or delete this one if no other"
                + " backup runs");
    }

    /** Before the manifest is written, since what has one is whole. */
    void release() throws IOException {
        Files.deleteIfExists(folder.resolve(CLAIM));
        claimed = false;
    }

    /** What was begun. What somebody else put there meanwhile stays. @param cause is told where that fails */
    void remove(Exception cause) {
        List<String> begun = new ArrayList<>(List.of(Manifest.NAME, Manifest.NAME + ".tmp", DatabaseDump.FOLDER));
        for (String name : places.byName().keySet()) {
            begun.addAll(List.of(name, name + ".sha256", name + ".named"));
        }
        try {
            if (!claimed) {
                mark();
            }
            for (String name : begun) {
                if (Files.exists(folder.resolve(name))) {
                    FileUtils.forceDelete(folder.resolve(name).toFile());
                }
            }
            release();
            removeMade();
        } catch (IOException e) {
            cause.addSuppressed(new BackupException(
                    "what was begun in " + folder + " could not be deleted and may hold patients, delete it by hand: "
                            + e,
                    e));
        }
    }

    private void removeMade() throws IOException {
        try {
            for (Path each : made) {
                Files.delete(each);
            }
        } catch (DirectoryNotEmptyException e) {
            // Somebody else's by now.
        }
    }
}
