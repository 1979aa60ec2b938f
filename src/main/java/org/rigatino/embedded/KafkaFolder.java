package org.rigatino.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** The logs of the one node. */
final class KafkaFolder {
    /** Has to be the same at every start on one directory; nothing else ever joins the cluster. */
    private static final String CLUSTER_ID = new Uuid(0x7269676174696e6fL, 0x2d6b61666b612d31L).toString();

    private static final String PROPERTIES = "meta.properties";

    private final Path directory;

    KafkaFolder(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** Makes it where it is not yet. @throws IOException where logs are there, and what says whose they are is not */
    void format(int node) throws IOException {
        Files.createDirectories(directory);
        if (!isFormatted()) {
            requireNoLogs();
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(out)
                    .setNodeId(node)
                    .setClusterId(CLUSTER_ID)
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(Optional.of(directory.toString()))
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IOException("cannot format the Kafka log directory " + directory + ": " + e.getMessage(), e);
        }
    }

    private boolean isFormatted() throws IOException {
        try {
            Files.readAttributes(directory.resolve(PROPERTIES), BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Formatted anew, the broker would be another one, and what its logs hold nobody's. */
    private void requireNoLogs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            if (files.anyMatch(Files::isDirectory)) {
                throw new IOException(directory + " holds Kafka's logs and no " + PROPERTIES
                        + ", and nothing of it was touched: bring that file back from a copy, or move the folder away. The"
                        + " broker then begins anew: what is to be published is published again, and what receivers had"
                        + " not taken of earlier outcomes is lost to them");
            }
        }
    }
}
