package org.rigatino.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * The folder of a PostgreSQL cluster. What is being made has another name until it is whole, so that nothing under the
 * cluster's own name is ever deleted.
 */
final class ClusterFolder {
    /** PostgreSQL's copies end with it; a server does not start without it. */
    private static final String CONTROL = "global/pg_control";

    private final Path cluster;

    ClusterFolder(Path cluster) {
        this.cluster = cluster;
    }

    /**
     * False where nothing has been there.
     *
     * @throws IOException where something is missing, or cannot be read
     */
    boolean isMade() throws IOException {
        if (isEmpty()) {
            requireNeverMade();
            return false;
        }
        try {
            Files.readAttributes(cluster.resolve(CONTROL), BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            throw new IOException(
                    cluster + " has no " + CONTROL
                            + ", so it is no whole PostgreSQL cluster: is it mounted? Nothing of it"
                            + " was touched: bring that file or the folder back from a copy, or move the folder away and"
                            + " restore a backup; where no start ever ended well, delete it",
                    e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean isEmpty() throws IOException {
        try {
            if (!Files.readAttributes(cluster, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                return false;
            }
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw unreadable(e);
        }
        try (Stream<Path> files = Files.list(cluster)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private IOException unreadable(IOException cause) {
        return new IOException(
                "whether there is a PostgreSQL cluster in " + cluster + " cannot be told: " + cause
                        + ". Nothing of it was touched: make it readable, then start again",
                cause);
    }

    /** Passwords outlive a cluster that has been lost, or is not mounted. */
    private void requireNeverMade() throws IOException {
        Path credentials = PostgresCredentials.file(cluster);
        if (!Files.notExists(credentials) && Files.notExists(unfinished())) {
            throw new IOException(credentials + " is there, and the PostgreSQL cluster " + cluster
                    + " that it is of is not: is it mounted? Bring it back; to begin with an empty database move the file"
                    + " away");
        }
    }

    /** Where it is made. What is there was cut short and holds nothing, nor are its passwords of use. */
    Path begin(PostgresAccount account) throws IOException {
        if (!Files.notExists(unfinished())) {
            Files.deleteIfExists(PostgresCredentials.file(cluster));
            FileUtils.deleteDirectory(unfinished().toFile());
        }
        account.createCluster(unfinished());
        return unfinished();
    }

    /** Its name is durable before anything is written under it: it would be taken for unfinished after a power cut. */
    void end() throws IOException {
        try {
            Files.move(unfinished(), cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException(
                    "a PostgreSQL cluster cannot be put in its place, " + cluster + ": " + FileTrouble.tell(e)
                            + ". Where that is a volume of its own, mount it on " + cluster.getParent(),
                    e);
        }
        try (FileChannel parent = FileChannel.open(cluster.getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    private Path unfinished() {
        return cluster.resolveSibling(cluster.getFileName() + ".unfinished");
    }
}
