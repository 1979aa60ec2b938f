package org.rigatino.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Copies that are on disk, under their name, whole or not at all. */
final class Copies {
    private Copies() {}

    /**
     * Folders are made where they are missing; the time of last change is kept.
     *
     * @return SHA-256 in hex of what was copied
     */
    static String copy(Path from, Path to) throws IOException {
        make(to.getParent());
        Path unfinished = to.resolveSibling(to.getFileName() + ".tmp");
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), sha256);
                FileChannel channel = FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        Files.setLastModifiedTime(unfinished, Files.getLastModifiedTime(from));
        Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.getParent());
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** With the names of those that were missing. */
    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            make(folder.getParent());
            Files.createDirectory(folder);
            sync(folder.getParent());
        }
    }

    static String digest(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Of a file and, where it is a new name, of its folder. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
