package org.rigatino.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Events that the workers' group has not committed, and events that nobody could use, as the broker knows it: told also
 * where no worker runs. A study that is being restored counts, since its event is committed afterwards.
 */
@ApplicationScoped
class TopicMeters {
    private static final Logger LOG = Logger.getLogger(TopicMeters.class);
    private static final long ANSWER_SECONDS = 5;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092")
    String bootstrapServers;

    @ConfigProperty(name = "mp.messaging.incoming.studies.topic")
    String topic;

    @ConfigProperty(name = "mp.messaging.incoming.studies.group.id")
    String group;

    @ConfigProperty(name = "mp.messaging.incoming.studies-external.dead-letter-queue.topic")
    String deadLetterTopic;

    private final MultiGauge lag;
    private final MultiGauge deadLetters;
    private Admin admin;

    @Inject
    TopicMeters(MeterRegistry meters) {
        lag = MultiGauge.builder("rigatino.consumer.lag")
                .description("Events that the group has not committed")
                .baseUnit("records")
                .register(meters);
        deadLetters = MultiGauge.builder("rigatino.dead.letters")
                .description("Events that could not be used and are kept for a person to look at")
                .register(meters);
    }

    @Scheduled(every = "${rigatino.monitor.every:PT15S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() throws InterruptedException {
        show(lag, topic, Tags.of("topic", topic, "group", group), () -> uncommitted(admin()));
        show(deadLetters, deadLetterTopic, Tags.of("topic", deadLetterTopic), () -> kept(admin()));
    }

    /** Asks the broker. */
    private interface Count {
        long events() throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** A gauge of what the broker does not tell has no value. */
    private static void show(MultiGauge gauge, String topic, Tags tags, Count count) throws InterruptedException {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        try {
            rows.add(MultiGauge.Row.of(tags, count.events()));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debugf("the broker does not tell of %s: %s", topic, e.getMessage());
        }
        gauge.register(rows, true);
    }

    /** Without a committed offset the group begins at the earliest. */
    private long uncommitted(Admin client) throws InterruptedException, ExecutionException, TimeoutException {
        List<TopicPartition> partitions = partitions(client, topic);
        Map<TopicPartition, Long> earliest = offsets(client, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> latest = offsets(client, partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> committed = client.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        return partitions.stream()
                .mapToLong(partition -> {
                    OffsetAndMetadata offset = committed.get(partition);
                    long from = offset == null ? earliest.get(partition) : offset.offset();
                    return Math.max(0, latest.get(partition) - Math.max(from, earliest.get(partition)));
                })
                .sum();
    }

    /** A topic that is made with its first event holds none before. */
    private long kept(Admin client) throws InterruptedException, ExecutionException, TimeoutException {
        if (!client.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS).contains(deadLetterTopic)) {
            return 0;
        }
        List<TopicPartition> partitions = partitions(client, deadLetterTopic);
        Map<TopicPartition, Long> earliest = offsets(client, partitions, OffsetSpec.earliest());
        return offsets(client, partitions, OffsetSpec.latest()).entrySet().stream()
                .mapToLong(latest -> latest.getValue() - earliest.get(latest.getKey()))
                .sum();
    }

    private static List<TopicPartition> partitions(Admin client, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        return client
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .get(topic)
                .partitions()
                .stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static Map<TopicPartition, Long> offsets(Admin client, List<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException, ExecutionException, TimeoutException {
        return client
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, found -> spec)))
                .all()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }

    private synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> settings = new HashMap<>(broker);
            settings.keySet().retainAll(AdminClientConfig.configNames());
            settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            admin = Admin.create(settings);
        }
        return admin;
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
