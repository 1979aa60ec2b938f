package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedKafka;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.ServeProcess;

/** One listener and any number of workers, a process each, over one database and one broker of this process. */
final class Cluster implements AutoCloseable {
    private static final String GROUP = "rigatino";
    private static final Duration JOIN_LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final int partitions;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final Admin admin;
    private final List<ServeProcess> workers = new ArrayList<>();
    private ServeProcess listener;
    private int started;

    private Cluster(Path folder, int partitions, EmbeddedPostgres postgres, EmbeddedKafka kafka) {
        this.folder = folder;
        this.partitions = partitions;
        this.postgres = postgres;
        this.kafka = kafka;
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** Without workers yet. Models lie under {@code models} of the folder. */
    static Cluster start(Path folder, int partitions) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
        try {
            EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, List.of());
            Cluster cluster = new Cluster(folder, partitions, postgres, kafka);
            try {
                cluster.startListener();
                return cluster;
            } catch (IOException | RuntimeException e) {
                cluster.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private void startListener() throws IOException {
        wait(admin.createTopics(List.of(
                        new NewTopic("rigatino.studies", partitions, (short) 1),
                        new NewTopic("rigatino.results", partitions, (short) 1)))
                .all());
        Map<String, String> settings = settings("listener");
        // Studies are made ready by hand, all at once.
        settings.put("rigatino.ingest.quiet-period", "PT1H");
        listener = serve("listener", settings);
    }

    private Map<String, String> settings(String role) {
        Map<String, String> settings = new HashMap<>();
        settings.put("rigatino.roles", role);
        settings.put("rigatino.ingest.store", folder.resolve("instances").toString());
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        settings.putAll(postgres.settings());
        return settings;
    }

    private ServeProcess serve(String name, Map<String, String> settings) throws IOException {
        List<String> java = new ArrayList<>(ServeProcess.sameJava());
        java.add(java.size() - 2, "-Xmx512m");
        int[] ports = Ports.free(2);
        return ServeProcess.start(java, folder.resolve(name), ports[0], ports[1], settings);
    }

    /** Starts workers until there are as many, and waits until each has its share of the partitions. */
    void scaleTo(int count) throws IOException {
        while (workers.size() < count) {
            Map<String, String> settings = settings("worker");
            settings.put("rigatino.bench.stand-in", "true");
            settings.put("rigatino.restore.models", folder.resolve("models").toString());
            settings.put("rigatino.deliver.outputs", folder.resolve("outputs").toString());
            // Nobody listens there: what an archive takes is not what is measured.
            settings.put("rigatino.deliver.destinations.nowhere.host", "127.0.0.1");
            settings.put("rigatino.deliver.destinations.nowhere.port", Integer.toString(Ports.free(1)[0]));
            settings.put("rigatino.deliver.destinations.nowhere.ae-title", "NOWHERE");
            started++;
            workers.add(serve("worker-" + started, settings));
        }
        listener.process().until("a consumer group of " + count + " workers", JOIN_LIMIT, () -> isShared(count));
    }

    private boolean isShared(int count) throws IOException {
        Collection<MemberDescription> members = wait(admin.describeConsumerGroups(List.of(GROUP))
                        .all())
                .get(GROUP)
                .members();
        return members.size() == count
                && members.stream()
                        .allMatch(
                                member -> member.assignment().topicPartitions().size() == partitions / count);
    }

    /** SIGKILL, as a power cut would. */
    void killOne() {
        workers.remove(0).process().kill();
    }

    private static <T> T wait(org.apache.kafka.common.KafkaFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for Kafka", e);
        } catch (ExecutionException e) {
            throw new IOException("Kafka answered: " + e.getCause().getMessage(), e);
        }
    }

    int partition(String studyUid) {
        return BuiltInPartitioner.partitionForKey(studyUid.getBytes(StandardCharsets.UTF_8), partitions);
    }

    ServeProcess listener() {
        return listener;
    }

    /** Of a query with one row and column of text; the parameters are lists of text, for {@code = any (?)}. */
    String ask(String sql, List<String> parameter) throws IOException {
        try (Connection connection = postgres.connect(DatabaseRole.APPLICATION);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", parameter.toArray()));
            if (!statement.execute()) {
                return Integer.toString(statement.getUpdateCount());
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new IOException("cannot ask the database: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        workers.parallelStream().forEach(ServeProcess::close);
        if (listener != null) {
            listener.close();
        }
        admin.close(Duration.ofSeconds(5));
        kafka.close();
        postgres.close();
    }
}
