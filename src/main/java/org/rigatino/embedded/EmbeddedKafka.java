package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

/** One Kafka node, broker and KRaft controller in one (KIP-833), inside this process. */
public final class EmbeddedKafka implements AutoCloseable {
    /** That Rigatino reads or writes. */
    public static final List<String> TOPICS = List.of(
            "rigatino.studies", "rigatino.results", "rigatino.studies.external", "rigatino.studies.external.dead");

    private static final int NODE_ID = 1;
    private static final int PARTITIONS = 4;
    private static final long START_SECONDS = 60;

    private final Path directory;
    private final String bootstrapServers;
    private final Map<String, String> settings;
    private final Collection<String> topics;
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final Consumer<String> onEnd = this::ended;
    private volatile boolean failed;
    private volatile KafkaRaftServer server;
    private Upkeep upkeep;

    private EmbeddedKafka(Path directory, int port, int controllerPort, Collection<String> topics) {
        this.directory = directory;
        this.bootstrapServers = "127.0.0.1:" + port;
        this.settings = settings(directory, bootstrapServers, "127.0.0.1:" + controllerPort);
        this.topics = List.copyOf(topics);
    }

    /**
     * Starts the broker and waits until it holds the topics. Where it ends by itself later it is started again.
     *
     * @param directory logs; formatted where they are not yet
     * @param port of the broker's listener on loopback, 0 for any free one
     */
    public static EmbeddedKafka start(Path directory, int port, Collection<String> topics) throws IOException {
        int brokerPort = port == 0 ? Ports.free(1)[0] : port;
        EmbeddedKafka kafka = new EmbeddedKafka(directory, brokerPort, Ports.free(1)[0], topics);
        BrokerExit.tell(kafka.onEnd);
        try {
            kafka.startServer();
        } catch (IOException e) {
            BrokerExit.forget(kafka.onEnd);
            throw e;
        }
        kafka.upkeep = new Upkeep("Kafka", directory, kafka.ends::take, kafka::startAgain);
        return kafka;
    }

    private void startServer() throws IOException {
        new KafkaFolder(directory).format(NODE_ID);
        ends.clear();
        failed = false;
        try {
            server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
            server.startup();
            create();
        } catch (Throwable e) {
            // Also a checked one that Kafka, in Scala, does not declare.
            failed = true;
            IOException failure = e instanceof IOException known
                    ? known
                    : new IOException("the embedded Kafka does not start on " + directory + ", is there room? " + e, e);
            try {
                stopServer();
            } catch (RuntimeException more) {
                failure.addSuppressed(more);
            }
            throw failure;
        }
    }

    private void stopServer() {
        KafkaRaftServer stopping = server;
        server = null;
        if (stopping != null && failed) {
            leave(stopping);
        } else if (stopping != null) {
            stopping.shutdown();
            stopping.awaitShutdown();
        }
    }

    /**
     * On a thread that is interrupted beforehand: the broker would ask its controller for leave, which has failed with it and
     * answers only by five minutes' silence.
     */
    private static void leave(KafkaRaftServer broker) {
        Thread leaving = new Thread(
                () -> {
                    Thread.currentThread().interrupt();
                    broker.shutdown();
                    broker.awaitShutdown();
                },
                "end of Kafka");
        leaving.setDaemon(true);
        leaving.start();
        try {
            leaving.join(TimeUnit.SECONDS.toMillis(START_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called by Kafka, on the thread that has failed. */
    private void ended(String cause) {
        failed = true;
        ends.add(cause);
    }

    private void startAgain() throws IOException {
        stopServer();
        startServer();
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

    private void create() throws IOException {
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

    /** Is not started again from now on, where it ends. */
    void keepNoLonger() {
        upkeep.end();
    }

    /** Returns when the logs are closed. */
    @Override
    public void close() {
        if (upkeep != null) {
            upkeep.close();
        }
        BrokerExit.forget(onEnd);
        stopServer();
    }
}
