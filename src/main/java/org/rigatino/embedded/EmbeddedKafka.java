package org.rigatino.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka node, broker and KRaft controller in one (KIP-833), inside this process. */
public final class EmbeddedKafka implements AutoCloseable {
    /** That Rigatino reads or writes. */
    public static final List<String> TOPICS = List.of(
            "rigatino.studies", "rigatino.results", "rigatino.studies.external", "rigatino.studies.external.dead");

    private static final int NODE_ID = 1;
    /** Has to be the same at every start on one directory; nothing else ever joins the cluster. */
    private static final String CLUSTER_ID = new Uuid(0x7269676174696e6fL, 0x2d6b61666b612d31L).toString();

    private static final int PARTITIONS = 4;
    private static final long START_SECONDS = 60;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts the broker and waits until it holds the topics.
     *
     * @param directory logs; formatted where they are not yet
     * @param port of the broker's listener on loopback, 0 for any free one
     */
    public static EmbeddedKafka start(Path directory, int port, Collection<String> topics) throws IOException {
        int brokerPort = port == 0 ? Ports.free(1)[0] : port;
        String bootstrapServers = "127.0.0.1:" + brokerPort;
        Files.createDirectories(directory);
        Map<String, String> settings = settings(directory, bootstrapServers, "127.0.0.1:" + Ports.free(1)[0]);
        format(directory, settings);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        EmbeddedKafka kafka = new EmbeddedKafka(server, bootstrapServers);
        try {
            server.startup();
            kafka.create(topics);
        } catch (IOException | RuntimeException e) {
            kafka.close();
            throw e;
        }
        return kafka;
    }

    private static Map<String, String> settings(Path directory, String broker, String controller) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE_ID)),
                Map.entry("controller.quorum.voters", NODE_ID + "@" + controller),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", "PLAINTEXT://" + broker),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", directory.toAbsolutePath().toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("num.partitions", Integer.toString(PARTITIONS)),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // The one compacted topic, of offsets, has some hundred keys; 128 MB are set aside for those of others.
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
                // An acknowledged event survives a power cut, as a committed row does.
                Map.entry("log.flush.interval.messages", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A consumer group that was idle over the holidays keeps its place.
                Map.entry("offsets.retention.minutes", Integer.toString(365 * 24 * 60)));
    }

    private static void format(Path directory, Map<String, String> settings) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(out)
                    .setNodeId(NODE_ID)
                    .setClusterId(CLUSTER_ID)
                    .setDirectories(List.of(settings.get("log.dirs")))
                    .setMetadataLogDirectory(Optional.of(settings.get("log.dirs")))
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IOException(
                    "cannot format the Kafka log directory " + directory.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }

    private void create(Collection<String> topics) throws IOException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (String topic : topics) {
                create(admin, topic);
            }
        }
    }

    private static void create(Admin admin, String topic) throws IOException {
        try {
            NewTopic wanted = new NewTopic(topic, PARTITIONS, (short) 1);
            admin.createTopics(List.of(wanted)).all().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException("the embedded Kafka does not create its topics: " + e.getCause(), e);
            }
        } catch (TimeoutException e) {
            throw new IOException("the embedded Kafka does not answer within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the embedded Kafka started", e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Returns when the logs are closed. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
