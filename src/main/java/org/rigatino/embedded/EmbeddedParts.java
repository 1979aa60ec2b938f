package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The embedded parts that a start needs, and the settings that lead to them. */
public final class EmbeddedParts implements AutoCloseable {
    public static final String KAFKA = "kafka.bootstrap.servers";
    public static final String DATABASE_URL = "quarkus.datasource.jdbc.url";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    private EmbeddedParts() {}

    /**
     * Starts what is asked for under one directory that is held until {@link #close}.
     *
     * @param topics created in Kafka where it runs here
     */
    public static EmbeddedParts start(
            EmbeddedConfiguration configuration, boolean kafka, boolean database, Collection<String> topics)
            throws IOException {
        EmbeddedParts parts = new EmbeddedParts();
        if (!kafka && !database) {
            return parts;
        }
        try {
            parts.started.push(DataDirectory.lock(configuration.data()));
            if (database) {
                parts.startDatabase(configuration.data().resolve("postgres"), configuration.postgresPort());
            }
            if (kafka) {
                parts.startKafka(configuration.data().resolve("kafka"), configuration.kafkaPort(), topics);
            }
            return parts;
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private void startDatabase(Path directory, int port) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, port);
        started.push(postgres);
        settings.putAll(postgres.settings());
    }

    private void startKafka(Path directory, int port, Collection<String> topics) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, port, topics);
        started.push(kafka);
        settings.put(KAFKA, kafka.bootstrapServers());
    }

    /** Configuration properties that point to what was started; empty where nothing was. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Stops what was started, last first. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                IOException next = new IOException("an embedded part does not stop: " + e.getMessage(), e);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
