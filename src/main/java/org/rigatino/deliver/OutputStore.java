package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.StoreFolder;
import org.rigatino.result.EncodedObject;
import org.rigatino.study.EncodedFiles;
import org.rigatino.study.Restored.KeptObject;

/** Encoded objects on disk. Safe for use by several threads and processes. */
@ApplicationScoped
public class OutputStore implements EncodedFiles {
    /**
     * @param location relative to the store
     * @param sha256 in hex, over the whole file
     */
    public record Stored(String location, String sha256, long bytes) {}

    private final Path root;

    @Inject
    public OutputStore(DeliverConfiguration configuration) {
        this(configuration.outputs());
    }

    OutputStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * Returns once the file is safe on disk. The name holds the content's digest: a file that a row points to is never
     * written again with other bytes, and one that has been damaged is put right.
     */
    public Stored store(String sopInstanceUid, byte[] file) throws IOException {
        String sha256 = DigestUtils.sha256Hex(file);
        String location = sha256.substring(0, 2) + "/" + sopInstanceUid + "-" + sha256.substring(0, 16) + ".dcm";
        Path target = root.resolve(location);
        if (!isIntact(target, sha256)) {
            write(target, file);
        }
        return new Stored(location, sha256, file.length);
    }

    /** As {@link #store(String, byte[])}. */
    public KeptObject store(EncodedObject object) throws IOException {
        Stored file = store(object.sopInstanceUid(), object.bytes());
        return new KeptObject(
                object.kind(),
                object.sopInstanceUid(),
                object.sopClassUid(),
                object.seriesInstanceUid(),
                file.location(),
                file.sha256(),
                file.bytes());
    }

    private void write(Path target, byte[] file) throws IOException {
        Path directory = target.getParent();
        StoreFolder.make(root);
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(root, "output-", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(file);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        force(directory);
        force(root);
    }

    /** A new name is safe once its directory is. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public boolean isKept(Output output) throws IOException {
        return isKept(file(output.location), output.sha256);
    }

    /** As {@link #isKept(Output)}, of a file of this store. */
    boolean isKept(Path file, String sha256) throws IOException {
        if (!Files.notExists(file)) {
            return sha256(file).equals(sha256);
        }
        try (Stream<Path> any = Files.list(root)) {
            if (any.findAny().isEmpty()) {
                throw new IOException("rigatino.deliver.outputs, " + root + ", is empty: is it mounted?");
            }
        }
        return false;
    }

    /** Whether the file still is what was stored. */
    static boolean isIntact(Path file, String sha256) {
        try {
            return sha256(file).equals(sha256);
        } catch (IOException e) {
            return false;
        }
    }

    private static String sha256(Path file) throws IOException {
        return new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file);
    }

    public Path file(String location) {
        return root.resolve(location);
    }
}
