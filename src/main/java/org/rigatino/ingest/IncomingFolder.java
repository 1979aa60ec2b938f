package org.rigatino.ingest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.FileUtils;

/**
 * Where one process writes what it is receiving: a folder of its own, {@code incoming/ID}, beside a file {@code ID.lock}
 * that is locked for as long as the process lives. What lies in a folder whose lock is free was left behind by a process
 * that died. Safe for use by several threads, and by
 * several processes on one store.
 */
final class IncomingFolder {
    private static final String LOCK = ".lock";

    /** Of this process. Opening one of these files again would let go of its lock (POSIX fcntl). */
    private static final Set<Path> OWN_LOCKS = ConcurrentHashMap.newKeySet();

    private final Path own;
    /** Holds the lock for as long as it is reachable. */
    private final FileChannel channel;

    private IncomingFolder(Path own, FileChannel channel) {
        this.own = own;
        this.channel = channel;
    }

    /** Makes a folder for this process, and removes those of processes that died. */
    static IncomingFolder open(Path incoming) throws IOException {
        Files.createDirectories(incoming);
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(incoming, "*" + LOCK)) {
            for (Path lock : locks) {
                if (!OWN_LOCKS.contains(lock)) {
                    removeIfLeftBehind(lock);
                }
            }
        }
        return make(incoming);
    }

    /** The lock is held before the name by which others look for it exists. */
    private static IncomingFolder make(Path incoming) throws IOException {
        String id = UUID.randomUUID().toString();
        Path unnamed = incoming.resolve(id + ".new");
        FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        Path lock = incoming.resolve(id + LOCK);
        OWN_LOCKS.add(lock);
        Files.move(unnamed, lock, StandardCopyOption.ATOMIC_MOVE);
        return new IncomingFolder(Files.createDirectory(incoming.resolve(id)), channel);
    }

    private static void removeIfLeftBehind(Path lock) throws IOException {
        Path folder = lock.resolveSibling(lock.getFileName().toString().replace(LOCK, ""));
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held != null) {
                FileUtils.deleteDirectory(folder.toFile());
                Files.deleteIfExists(lock);
            }
        } catch (NoSuchFileException e) {
            // Another process was quicker.
        }
    }

    /** A name that nothing has yet. */
    Path newFile() {
        return own.resolve(UUID.randomUUID() + ".part");
    }
}
