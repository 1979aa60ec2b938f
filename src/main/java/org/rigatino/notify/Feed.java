package org.rigatino.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * The events of one receiver, on a thread of its own, in their order, each at least once: the group's offset moves only
 * behind an event that was taken or given up. Processes share a receiver's events, as one consumer group.
 */
final class Feed implements Runnable {
    static final String TOPIC = "rigatino.results";

    private static final Logger LOG = Logger.getLogger(Feed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final double MILLIS = 1000;
    private static final double NANOS = 1e9;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Told of what its receiver never took. */
    interface GivenUp {
        void event(Receiver receiver, String studyInstanceUid, String cause);

        /** Of studies that nobody knows any more. */
        void events(Receiver receiver, long count, String cause);
    }

    private final Receiver receiver;
    private final Instant since;
    private final Map<String, Object> kafka;
    private final GivenUp givenUp;
    private final String name;
    /** At the event whose turn it is; null where none failed. */
    private volatile Attempts failed;
    /** When the last attempt failed, by {@link System#nanoTime()}. */
    private long failedAt;
    /** Since when attempts at it have failed by nothing of its receiver's, by {@link System#nanoTime()}; null where the last did not. */
    private volatile Long faultySince;

    /**
     * @param since begins with what was published then, unless the broker knows its place
     * @param kafka how the broker is reached
     */
    Feed(Receiver receiver, Instant since, Map<String, Object> kafka, GivenUp givenUp) {
        this.receiver = receiver;
        this.since = since;
        this.kafka = new HashMap<>(kafka);
        this.givenUp = givenUp;
        name = receiver.kind() + " " + receiver.name();
        String id = receiver.kind() + "-" + receiver.name();
        this.kafka.put(ConsumerConfig.GROUP_ID_CONFIG, "rigatino-" + id);
        this.kafka.put(ConsumerConfig.CLIENT_ID_CONFIG, id);
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        this.kafka.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    }

    /** Until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                consume();
                TimeUnit.MILLISECONDS.sleep(receiver.patience().retryFirst().toMillis());
            }
        } catch (InterruptException | InterruptedException e) {
            LOG.debugf("the %s stops", name);
        }
    }

    private void consume() throws InterruptedException {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
            Place place = new Place(consumer, receiver, since, givenUp);
            consumer.subscribe(List.of(TOPIC), place);
            try {
                consume(consumer);
            } catch (OffsetOutOfRangeException e) {
                place.passOver(e.offsetOutOfRangePartitions());
            } catch (InterruptException | InterruptedException e) {
                // An interrupted thread could not take its leave of the group.
                Thread.interrupted();
                throw e;
            }
        } catch (InterruptException e) {
            throw e;
        } catch (CommitFailedException e) {
            LOG.infof("another process has taken over events for the %s", name);
        } catch (RuntimeException e) {
            // Broker or database are away: what was not committed comes again.
            LOG.warnf("the %s is interrupted and goes on: %s", name, e.getMessage());
        } catch (Error e) {
            LOG.errorf(e, "the %s is interrupted and goes on", name);
        }
    }

    private void consume(KafkaConsumer<String, byte[]> consumer) throws InterruptedException {
        while (true) {
            for (ConsumerRecord<String, byte[]> event : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(event.topic(), event.partition());
                if (deliver(consumer, partition, event)) {
                    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(event.offset() + 1)));
                }
            }
        }
    }

    /** @return false where the partition has become another process's, which repeats the event */
    private boolean deliver(
            KafkaConsumer<String, byte[]> consumer, TopicPartition partition, ConsumerRecord<String, byte[]> event)
            throws InterruptedException {
        Patience patience = receiver.patience();
        Duration wait = patience.retryFirst();
        try {
            while (true) {
                Optional<Duration> due = attempt(consumer, partition, event, spread(wait));
                if (due.isEmpty()) {
                    return true;
                }
                if (!stayMember(consumer, partition, due.get())) {
                    return false;
                }
                wait = wait.multipliedBy(2).compareTo(patience.retryLongest()) < 0
                        ? wait.multipliedBy(2)
                        : patience.retryLongest();
            }
        } finally {
            failed = null;
            faultySince = null;
        }
    }

    /** @return how long until the next one; empty where there is none to be */
    private Optional<Duration> attempt(
            KafkaConsumer<?, ?> consumer,
            TopicPartition partition,
            ConsumerRecord<String, byte[]> event,
            Duration usual)
            throws InterruptedException {
        Duration due = usual;
        String problem;
        try {
            Optional<IOException> notTaken = take(event);
            if (notTaken.isEmpty()) {
                return Optional.empty();
            }
            faultySince = null;
            problem = text(notTaken.get());
            if (isLast(notTaken.get(), consumer, partition, event.offset())) {
                givenUp.event(receiver, event.key(), problem);
                return Optional.empty();
            }
            due = due(notTaken.get(), usual, receiver.patience().retryLongest());
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            // A fault of ours, or the record is away: for that nothing is given up.
            failedAt = System.nanoTime();
            faultySince = faultySince == null ? Long.valueOf(failedAt) : faultySince;
            problem = text(e);
        }
        LOG.warnf("the %s did not take an event, which is repeated in %d ms: %s", name, due.toMillis(), problem);
        return Optional.of(due);
    }

    private Optional<IOException> take(ConsumerRecord<String, byte[]> event) throws InterruptedException {
        try {
            receiver.take(id(event), event.value());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private static String text(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }

    /** Counts a failed attempt, and says whether there is no other. */
    private boolean isLast(IOException problem, KafkaConsumer<?, ?> consumer, TopicPartition partition, long offset) {
        long now = System.nanoTime();
        failed = failed == null
                ? Attempts.at(consumer, partition, offset).and(Duration.ZERO, problem instanceof RejectedException)
                : failed.and(Duration.ofNanos(now - failedAt), problem instanceof RejectedException);
        failedAt = now;
        if (failed.rejections() >= receiver.rejections()
                || failed.tried().compareTo(receiver.patience().giveUpAfter()) >= 0) {
            return true;
        }
        failed.keep(consumer, partition, offset);
        return false;
    }

    /** How long the event has been tried whose turn it is; 0 where all were taken. From any thread. */
    double waitingSeconds() {
        Attempts now = failed;
        double tried = now == null ? 0 : now.tried().toMillis() / MILLIS;
        Long fault = faultySince;
        return fault == null ? tried : Math.max(tried, (System.nanoTime() - fault) / NANOS);
    }

    /** Waits, and tells the broker meanwhile that this process is alive. */
    private static boolean stayMember(KafkaConsumer<String, byte[]> consumer, TopicPartition partition, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() < end) {
            consumer.pause(consumer.assignment());
            // Of a partition that has just come to this process: its turn is later.
            consumer.poll(Duration.ofNanos(Math.max(1, Math.min(POLL.toNanos(), end - System.nanoTime()))))
                    .forEach(event ->
                            consumer.seek(new TopicPartition(event.topic(), event.partition()), event.offset()));
        }
        boolean ours = consumer.assignment().contains(partition);
        consumer.resume(consumer.assignment());
        return ours;
    }

    /** The usual wait, or longer where the receiver asks for it, but not beyond the longest. */
    static Duration due(IOException problem, Duration usual, Duration longest) {
        if (!(problem instanceof RetryLaterException later) || later.after().compareTo(usual) <= 0) {
            return usual;
        }
        return later.after().compareTo(longest) < 0 ? later.after() : longest;
    }

    private static Duration spread(Duration wait) {
        return wait.minusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 2 + 1));
    }

    /** Of the CloudEvent; an event without one is named by its place. */
    private static String id(ConsumerRecord<String, byte[]> event) {
        try {
            String id = JSON.readTree(event.value()).path("id").asText();
            return id.isEmpty() ? event.partition() + "-" + event.offset() : id;
        } catch (IOException e) {
            return event.partition() + "-" + event.offset();
        }
    }
}
