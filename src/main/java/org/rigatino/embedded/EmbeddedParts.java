package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** The embedded parts that a start needs, and the settings that lead to them. */
public final class EmbeddedParts implements AutoCloseable {
    public static final String KAFKA = "kafka.bootstrap.servers";
    public static final String DATABASE_URL = "quarkus.datasource.jdbc.url";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<Runnable> kept = new ArrayList<>();
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
            requireRoom(configuration.data());
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

    /** Else both end in the middle of their starts, and tell less of why. */
    private static void requireRoom(Path data) throws IOException {
        long free = data.toFile().getUsableSpace();
        if (free < Upkeep.ROOM_BYTES) {
            throw new IOException(
                    (free >> 20) + " MB are free in " + data.toAbsolutePath() + ", and the embedded database"
                            + " and broker need " + (Upkeep.ROOM_BYTES >> 20) + " MB to start: make room");
        }
    }

    private void startDatabase(Path directory, int port) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, port);
        started.push(postgres);
        kept.add(postgres::keepNoLonger);
        settings.putAll(postgres.settings());
    }

    private void startKafka(Path directory, int port, Collection<String> topics) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, port, topics);
        started.push(kafka);
        kept.add(kafka::keepNoLonger);
        settings.put(KAFKA, kafka.bootstrapServers());
    }

    /**
     * Where the database or the broker is; empty where the embedded one is meant.
     *
     * @param property {@link #DATABASE_URL} or {@link #KAFKA}
     * @throws IOException where it is set and says nothing, as by a variable that is not filled in
     */
    public static Optional<String> place(Config config, String property) throws IOException {
        ConfigValue place = config.getConfigValue(property);
        if (place.getValue() != null && place.getValue().isBlank()) {
            throw new IOException(property + " is set and empty (" + place.getSourceName() + "): say where it is, or"
                    + " take the setting away, and the embedded one is used");
        }
        return Optional.ofNullable(place.getValue());
    }

    /** Configuration properties that point to what was started; empty where nothing was. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** The process is about to stop: what ends by itself from now on is not started again. Returns at once. */
    public void keepNoLonger() {
        kept.forEach(Runnable::run);
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
