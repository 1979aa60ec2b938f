package org.rigatino.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.input.TaggedInputStream;

/** Copies that are on disk, under their name, whole or not at all. */
final class Copies {
    private Copies() {}

    /**
     * Folders are made where they are missing; the time of last change is kept.
     *
     * @return SHA-256 in hex of what was copied
     * @throws UnreadableException where {@code from} is to blame; then nothing of it is left
     */
    static String copy(Path from, Path to) throws IOException {
        TaggedInputStream source;
        FileTime changed;
        try {
            changed = Files.getLastModifiedTime(from);
            source = new TaggedInputStream(Files.newInputStream(from));
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
        make(to.getParent());
        Path unfinished = to.resolveSibling(to.getFileName() + ".tmp");
        String sha256;
        try (source) {
            sha256 = write(source, unfinished);
        } catch (IOException e) {
            if (source.isCauseOf(e)) {
                Files.deleteIfExists(unfinished);
                throw new UnreadableException(e);
            }
            throw e;
        }
        Files.setLastModifiedTime(unfinished, changed);
        Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.getParent());
        return sha256;
    }

    private static String write(InputStream source, Path unfinished) throws IOException {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            new DigestInputStream(source, sha256).transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        return Hex.encodeHexString(sha256.digest());
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
        return new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file);
    }

    /** Of a file and, where it is a new name, of its folder. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
