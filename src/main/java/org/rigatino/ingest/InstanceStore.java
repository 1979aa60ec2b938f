package org.rigatino.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.Uids;
import org.rigatino.persistence.StoreFolder;

/**
 * Instances as received, as PS3.10 files at {@code STUDY/SERIES/SOP.SHA256.dcm}. A file under its final name is complete
 * and synced, its folders included. The name holds the content's digest: the same instance arriving twice at once
 * replaces a file by an equal one, and different bytes never share a name. Safe for use by several threads.
 */
public final class InstanceStore {
    private static final String INCOMING = "incoming";

    private final Path root;
    private final IncomingFolder incoming;
    private final DurableFolders folders;

    private InstanceStore(Path root, IncomingFolder incoming) {
        this.root = root;
        this.incoming = incoming;
        this.folders = new DurableFolders(root);
    }

    /**
     * A file that is complete and synced. It has no name of its own yet, unless {@link #at} says so.
     *
     * @param sha256 of the whole file, lower-case hex
     */
    record Received(Path file, String sha256, long bytes) {
        /** Under its own name. */
        Received at(Path named) {
            return new Received(named, sha256, bytes);
        }
    }

    /** The association ended within a dataset: nobody waits for an answer. */
    static final class SenderLostException extends IOException {
        SenderLostException(IOException cause) {
            super("the sender was lost within a dataset: " + cause.getMessage(), cause);
        }
    }

    /** Makes the folders where they are missing. Other processes may have the same store open. */
    public static InstanceStore open(Path root) throws IOException {
        Path normal = root.toAbsolutePath().normalize();
        StoreFolder.make(normal);
        return new InstanceStore(normal, IncomingFolder.open(normal.resolve(INCOMING)));
    }

    /**
     * Of a store from which a file is missing: whether that says anything of the file.
     *
     * @throws IOException where nothing that was received is there at all
     */
    public static void requireThere(Path root) throws IOException {
        try (Stream<Path> any = Files.list(root)) {
            if (any.allMatch(entry -> entry.endsWith(INCOMING))) {
                throw new IOException("rigatino.ingest.store, " + root + ", is empty: is it mounted?");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    public Path root() {
        return root;
    }

    /** A file by its location in the record. */
    public Path resolve(String location) {
        Path file = root.resolve(location).normalize();
        if (!file.startsWith(root)) {
            throw new IllegalArgumentException("location " + location + " is outside the instance store");
        }
        return file;
    }

    /** Bytes that we may still write; 0 where that cannot be told. */
    long free() {
        return root.toFile().getUsableSpace();
    }

    /**
     * Writes and syncs a dataset as it arrives.
     *
     * @throws SenderLostException where {@code dataset} failed; any other exception is the disk's
     */
    Received receive(FileMeta meta, InputStream dataset) throws IOException {
        Path file = incoming.newFile();
        try {
            return write(file, meta.encode(), dataset);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static Received write(Path file, byte[] meta, InputStream dataset) throws IOException {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            append(out, sha256, meta, meta.length);
            byte[] buffer = new byte[128 * 1024];
            for (int count = read(dataset, buffer); count >= 0; count = read(dataset, buffer)) {
                append(out, sha256, buffer, count);
            }
            out.force(true);
            return new Received(file, Hex.encodeHexString(sha256.digest()), out.size());
        }
    }

    private static int read(InputStream dataset, byte[] buffer) throws SenderLostException {
        try {
            return dataset.read(buffer);
        } catch (IOException e) {
            throw new SenderLostException(e);
        }
    }

    private static void append(FileChannel out, MessageDigest sha256, byte[] bytes, int length) throws IOException {
        sha256.update(bytes, 0, length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    /**
     * Gives a received file its name, durably.
     *
     * @return its location in the record
     */
    String keep(Received received, String studyInstanceUid, String seriesInstanceUid, String sopInstanceUid)
            throws IOException {
        Path series = root.resolve(folder(studyInstanceUid)).resolve(folder(seriesInstanceUid));
        folders.make(series);
        Path file = series.resolve(folder(sopInstanceUid) + "." + received.sha256() + ".dcm");
        Files.move(received.file(), file, StandardCopyOption.ATOMIC_MOVE);
        DurableFolders.sync(series);
        return location(file);
    }

    /** Of a file in the store, as the record names it. */
    String location(Path file) {
        return root.relativize(file).toString();
    }

    /**
     * A file that has its name already, its name made durable.
     *
     * @throws IOException where its content is not what its name says
     */
    Received keptBefore(Path file, String sha256) throws IOException {
        if (!new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file).equals(sha256)) {
            throw new IOException("its content has another SHA-256 than its name");
        }
        DurableFolders.sync(file.getParent());
        return new Received(file, sha256, Files.size(file));
    }

    /** Folders of series in which a file got its name, or lost it, since then. */
    List<Path> seriesNamedInSince(Instant since) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path study : list(root)) {
            if (Uids.isValid(study.getFileName().toString())) {
                for (Path series : list(study)) {
                    if (Files.isDirectory(series)
                            && Files.getLastModifiedTime(series).toInstant().isAfter(since)) {
                        found.add(series);
                    }
                }
            }
        }
        return found;
    }

    /** What is in a folder; nothing where another process has just removed it. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    void discard(Received received) throws IOException {
        Files.deleteIfExists(received.file());
    }

    void discard(String location) throws IOException {
        Files.deleteIfExists(resolve(location));
    }

    /** A UID holds digits and dots only, so it is safe as a name. */
    private static String folder(String uid) {
        if (!Uids.isValid(uid)) {
            throw new IllegalArgumentException("not a UID (PS3.5 9.1)");
        }
        return uid;
    }
}
