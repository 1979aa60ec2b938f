package org.rigatino.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;
import static org.rigatino.notify.ScriptedReceiver.QUICK;
import static org.rigatino.notify.ScriptedReceiver.failing;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.embedded.EmbeddedKafka;
import org.rigatino.notify.ScriptedReceiver.Answer;
import org.rigatino.notify.ScriptedReceiver.Times;

/** Every answer of a receiver, and what becomes of the event and of its receiver's place: on a real broker. */
@Slow
class FeedStatesTest {
    private static final Duration LONG = Patience.STEP;
    private static final String STUDY = "2.25.7";

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static KafkaProducer<String, String> producer;
    private static Admin admin;
    private static int names;

    private final String name = "r" + ++names;
    private final List<String> givenUp = new CopyOnWriteArrayList<>();
    private final List<Thread> feeds = new ArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, List.of(Feed.TOPIC));
        Map<String, Object> broker = Map.of("bootstrap.servers", kafka.bootstrapServers());
        producer = new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer());
        admin = Admin.create(broker);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        producer.close();
        admin.close();
        kafka.close();
    }

    @AfterEach
    void stopFeeds() throws InterruptedException {
        for (Thread feed : feeds) {
            stop(feed);
        }
    }

    private static void stop(Thread feed) throws InterruptedException {
        feed.interrupt();
        feed.join(LONG.toMillis());
        assertThat(feed.isAlive()).as("a feed ends where it is interrupted").isFalse();
    }

    /** What a trail has; its first attempts fail, as where the database is away. */
    private final class Trail implements Feed.GivenUp {
        private int failures;

        @Override
        public void event(Receiver whose, String study, String cause) {
            givenUp.add(whose.name() + " " + study + " " + cause);
            requireDatabase();
        }

        @Override
        public void events(Receiver whose, long count, String cause) {
            givenUp.add(whose.name() + " " + count + " " + cause);
            requireDatabase();
        }

        private void requireDatabase() {
            if (failures-- > 0) {
                throw new IllegalStateException("the database is away");
            }
        }
    }

    private Thread feed(ScriptedReceiver receiver) {
        return feed(receiver, new Trail());
    }

    private Thread feed(ScriptedReceiver receiver, Feed.GivenUp trail) {
        return feed(receiver, trail, Instant.now());
    }

    private Thread feed(ScriptedReceiver receiver, Feed.GivenUp trail, Instant since) {
        Thread feed = new Thread(
                new Feed(receiver, since, Map.of("bootstrap.servers", kafka.bootstrapServers()), trail),
                receiver.name());
        feed.start();
        feeds.add(feed);
        return feed;
    }

    private ScriptedReceiver receiver(Answer... script) {
        return new ScriptedReceiver(name, QUICK, 1, script);
    }

    /** Starts a feed and waits until its place is held. */
    private Thread begun(ScriptedReceiver receiver) throws Exception {
        Thread feed = feed(receiver);
        await().atMost(LONG).until(() -> places().size() == 4);
        return feed;
    }

    private Map<TopicPartition, OffsetAndMetadata> places() throws Exception {
        return admin.listConsumerGroupOffsets("rigatino-webhook-" + name)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private long passed() throws Exception {
        return places().values().stream().mapToLong(OffsetAndMetadata::offset).sum();
    }

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\"}";
    }

    private static void publish(String event) throws Exception {
        producer.send(new ProducerRecord<>(Feed.TOPIC, STUDY, event)).get();
    }

    @Test
    void eachEventIsTakenOnceAndInOrder() throws Exception {
        ScriptedReceiver receiver = receiver();
        begun(receiver);
        long before = passed();
        List<String> events =
                IntStream.range(0, 5).mapToObj(n -> event("e" + n)).toList();
        for (String event : events) {
            publish(event);
        }
        await().atMost(LONG).until(() -> passed() == before + 5);
        assertThat(receiver.events()).isEqualTo(events);
        assertThat(receiver.attempts())
                .extracting(ScriptedReceiver.Attempt::id)
                .containsExactly("e0", "e1", "e2", "e3", "e4");
        assertThat(givenUp).isEmpty();
    }

    @Test
    void whatIsNotTakenIsRepeatedWithItsIdBeforeTheNextOnesTurn() throws Exception {
        Answer away = failing(new ConnectException("refused"));
        ScriptedReceiver receiver = receiver(away, failing(new IOException((String) null)), away);
        begun(receiver);
        publish(event("a"));
        publish(event("b"));
        await().atMost(LONG).until(() -> receiver.attempts().size() == 5);
        assertThat(receiver.attempts())
                .extracting(ScriptedReceiver.Attempt::id)
                .containsExactly("a", "a", "a", "a", "b");
        assertThat(givenUp).isEmpty();
    }

    @Test
    void waitsGrowToTheLongest() throws Exception {
        Times times = new Times(Duration.ofMillis(40), Duration.ofMillis(80), Duration.ofDays(3));
        Answer away = failing(new IOException("answered 500"));
        ScriptedReceiver receiver = new ScriptedReceiver(name, times, 1, away, away, away);
        begun(receiver);
        publish(event("a"));
        await().atMost(LONG).until(() -> receiver.attempts().size() == 4);
        // Of each wait at most half is taken off, so that receivers are not asked all at once.
        assertThat(millisBefore(receiver, 1)).isGreaterThanOrEqualTo(20);
        assertThat(millisBefore(receiver, 2)).isGreaterThanOrEqualTo(40);
        assertThat(millisBefore(receiver, 3)).isGreaterThanOrEqualTo(40);
    }

    private static double millisBefore(ScriptedReceiver receiver, int attempt) {
        return (receiver.attempts().get(attempt).nanos()
                        - receiver.attempts().get(attempt - 1).nanos())
                / 1e6;
    }

    @Test
    void aReceiverThatSaysWhenIsAskedThen() throws Exception {
        Times times = new Times(Duration.ofMillis(2), Duration.ofMillis(300), Duration.ofDays(3));
        Answer busy = failing(new RetryLaterException("answered 503", Duration.ofHours(1)));
        ScriptedReceiver receiver = new ScriptedReceiver(name, times, 1, busy);
        begun(receiver);
        publish(event("a"));
        await().atMost(LONG).until(() -> receiver.attempts().size() == 2);
        assertThat(millisBefore(receiver, 1)).isGreaterThanOrEqualTo(300);
    }

    @Test
    void whatIsRejectedOftenEnoughIsGivenUpAndTheNextOnesTurnComes() throws Exception {
        Answer rejected = failing(new RejectedException("AE: unknown key"));
        ScriptedReceiver receiver =
                new ScriptedReceiver(name, QUICK, 3, rejected, failing(new IOException("away")), rejected, rejected);
        begun(receiver);
        long before = passed();
        publish(event("a"));
        publish(event("b"));
        await().atMost(LONG).until(() -> passed() == before + 2);
        assertThat(receiver.attempts())
                .extracting(ScriptedReceiver.Attempt::id)
                .containsExactly("a", "a", "a", "a", "b");
        assertThat(givenUp).containsExactly(name + " " + STUDY + " AE: unknown key");
    }

    @Test
    void whatIsNotTakenForLongEnoughIsGivenUpWithTheLastCause() throws Exception {
        Times times = new Times(Duration.ofMillis(2), Duration.ofMillis(2), Duration.ZERO);
        ScriptedReceiver receiver = new ScriptedReceiver(name, times, 1, failing(new IOException((String) null)));
        begun(receiver);
        long before = passed();
        publish(event("a"));
        await().atMost(LONG).until(() -> passed() == before + 1);
        assertThat(receiver.attempts()).hasSize(1);
        assertThat(givenUp).containsExactly(name + " " + STUDY + " IOException");
    }

    /** Else a process that starts anew each night would never give up, and what is behind would be deleted untaken. */
    @Test
    void whoTakesUpWhatAnotherProcessHasTriedGoesOnCounting() throws Exception {
        Answer rejected = failing(new RejectedException("AR: unknown key"));
        ScriptedReceiver first =
                new ScriptedReceiver(name, QUICK, 4, rejected, rejected, () -> new CountDownLatch(1).await());
        Thread feed = begun(first);
        long before = passed();
        publish(event("a"));
        await().atMost(LONG).until(() -> first.attempts().size() == 3);
        stop(feed);
        ScriptedReceiver second = new ScriptedReceiver(name, QUICK, 4, rejected, rejected, rejected, rejected);
        feed(second);
        await().atMost(LONG).until(() -> passed() == before + 1);
        assertThat(second.attempts()).hasSize(2);
        assertThat(givenUp).containsExactly(name + " " + STUDY + " AR: unknown key");
        publish(event("b"));
        await().atMost(LONG).until(() -> passed() == before + 2);
        assertThat(second.events()).as("each event is counted by itself").endsWith(event("b"), event("b"), event("b"));
    }

    /** Not from its publication: what an outage of the receiver, or of ours, kept back is told when both are there again. */
    @Test
    void howLongAnEventIsTriedIsWithoutTheTimeInWhichNobodyDid() throws Exception {
        Times soon = new Times(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofSeconds(1));
        ScriptedReceiver first = new ScriptedReceiver(name, soon, 1, away(8, () -> new CountDownLatch(1).await()));
        Thread feed = begun(first);
        long before = passed();
        publish(event("a"));
        await().atMost(LONG).until(() -> first.attempts().size() == 9);
        stop(feed);
        Attempts kept = kept();
        assertThat(kept.tried()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(1));
        await().atMost(LONG)
                .until(() -> System.nanoTime() - first.attempts().get(0).nanos() > TimeUnit.SECONDS.toNanos(2));
        ScriptedReceiver second = new ScriptedReceiver(name, soon, 1, away(1000));
        feed(second);
        await().atMost(LONG).until(() -> passed() == before + 1);
        assertThat(second.attempts()).hasSizeGreaterThan(1);
        assertThat(givenUp).containsExactly(name + " " + STUDY + " away");
    }

    private static Answer[] away(int times, Answer... then) {
        return Stream.concat(
                        Stream.generate(() -> failing(new IOException("away"))).limit(times), Stream.of(then))
                .toArray(Answer[]::new);
    }

    private Attempts kept() throws Exception {
        return places().values().stream()
                .map(OffsetAndMetadata::metadata)
                .filter(metadata -> !metadata.isEmpty())
                .map(metadata -> metadata.split(" "))
                .map(words -> new Attempts(Duration.parse(words[0]), Integer.parseInt(words[1])))
                .findFirst()
                .orElseThrow();
    }

    /** As where the database is away to which it would be written. */
    @Test
    void whatCannotBeRecordedAsGivenUpComesAgain() throws Exception {
        ScriptedReceiver receiver =
                receiver(failing(new RejectedException("no")), failing(new RejectedException("no")));
        Trail trail = new Trail();
        trail.failures = 1;
        feed(receiver, trail);
        await().atMost(LONG).until(() -> places().size() == 4);
        long before = passed();
        publish(event("a"));
        await().atMost(LONG).until(() -> passed() == before + 1);
        assertThat(givenUp).hasSize(2);
        assertThat(receiver.attempts()).hasSize(2);
    }

    static List<Throwable> faults() {
        return List.of(new IllegalStateException("a fault of ours"), new StackOverflowError(), new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultEndsNoFeedAndLosesNoEvent(Throwable fault) throws Exception {
        ScriptedReceiver receiver = receiver(failing(fault));
        begun(receiver);
        long before = passed();
        publish(event("a"));
        await().atMost(LONG).until(() -> passed() == before + 1);
        assertThat(receiver.events()).containsExactly(event("a"), event("a"));
        assertThat(givenUp).isEmpty();
    }

    /** As where what became of an event cannot be recorded: the receiver is not told it each few milliseconds, and somebody sees it. */
    @Test
    void whatFailsHereIsRepeatedLaterEachTimeIsSeenAndIsGivenUpForNothing() throws Exception {
        Times times = new Times(Duration.ofMillis(40), Duration.ofMillis(200), Duration.ZERO);
        Answer fault = failing(new IllegalStateException("the record cannot be written"));
        CountDownLatch held = new CountDownLatch(1);
        ScriptedReceiver receiver =
                new ScriptedReceiver(name, times, 1, fault, fault, fault, fault, fault, () -> held.await());
        Feed feed =
                new Feed(receiver, Instant.now(), Map.of("bootstrap.servers", kafka.bootstrapServers()), new Trail());
        Thread thread = new Thread(feed, name);
        thread.start();
        feeds.add(thread);
        await().atMost(LONG).until(() -> places().size() == 4);
        long before = passed();
        publish(event("a"));
        await().atMost(LONG).until(() -> receiver.attempts().size() == 6);
        // Of each wait at most half is taken off.
        assertThat(millisBefore(receiver, 4)).isGreaterThanOrEqualTo(100);
        assertThat(millisBefore(receiver, 5)).isGreaterThanOrEqualTo(100);
        assertThat(feed.waitingSeconds()).isGreaterThanOrEqualTo(0.27);
        held.countDown();
        await().atMost(LONG).until(() -> passed() == before + 1);
        assertThat(givenUp).isEmpty();
        await().atMost(LONG).until(() -> feed.waitingSeconds() == 0);
    }

    @Test
    void whatAProcessHeldAsItStoppedComesToTheNext() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        ScriptedReceiver first = receiver(() -> {
            held.countDown();
            new CountDownLatch(1).await();
        });
        Thread feed = begun(first);
        publish(event("a"));
        held.await();
        stop(feed);

        publish(event("b"));
        ScriptedReceiver second = receiver();
        feed(second);
        await().atMost(LONG).until(() -> second.attempts().size() == 2);
        assertThat(second.events()).containsExactly(event("a"), event("b"));
        assertThat(givenUp).isEmpty();
    }

    /** Else its events would wait for the end of its session, 45 s. */
    @Test
    void aProcessThatStopsLeavesItsEventsToTheOthersAtOnceAndWithoutAnError() throws Exception {
        String group = "rigatino-webhook-" + name;
        Thread feed = begun(receiver());
        assertThat(members(group)).isEqualTo(1);
        List<String> errors = new CopyOnWriteArrayList<>();
        Handler log = errors(errors);
        Logger.getLogger("org.apache.kafka").addHandler(log);
        try {
            stop(feed);
        } finally {
            Logger.getLogger("org.apache.kafka").removeHandler(log);
        }
        assertThat(members(group)).isZero();
        assertThat(errors).isEmpty();
    }

    private static Handler errors(List<String> errors) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
                    errors.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static int members(String group) throws Exception {
        return admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group)
                .members()
                .size();
    }

    @Test
    void aNewReceiverBeginsWithWhatComesNextAndIsHeldToIt() throws Exception {
        publish(event("before"));
        ScriptedReceiver first = receiver();
        stop(begun(first));
        publish(event("while it was away"));
        ScriptedReceiver second = receiver();
        feed(second);
        await().atMost(LONG).until(() -> !second.attempts().isEmpty());
        assertThat(first.attempts()).isEmpty();
        assertThat(second.events()).containsExactly(event("while it was away"));
    }

    /** Its first look comes when the broker answers, which may be late. */
    @Test
    void aNewReceiverIsToldWhatWasPublishedBeforeItsFirstLook() throws Exception {
        publish(event("before"));
        Instant configured = nextMillisecond();
        publish(event("first"));
        publish(event("second"));
        ScriptedReceiver receiver = receiver();
        feed(receiver, new Trail(), configured);
        await().atMost(LONG).until(() -> receiver.attempts().size() == 2);
        assertThat(receiver.events()).containsExactly(event("first"), event("second"));
        assertThat(givenUp).isEmpty();
    }

    /** As behind a broker that came back without its groups. */
    @Test
    void aReceiverWhosePlaceTheBrokerHasForgottenMissesNothing() throws Exception {
        Instant configured = nextMillisecond();
        publish(event("told before"));
        ScriptedReceiver first = receiver();
        Thread feed = feed(first, new Trail(), configured);
        await().atMost(LONG).until(() -> first.attempts().size() == 1);
        stop(feed);
        publish(event("while it was away"));
        admin.deleteConsumerGroups(List.of("rigatino-webhook-" + name)).all().get();
        ScriptedReceiver second = receiver();
        feed(second, new Trail(), configured);
        await().atMost(LONG).until(() -> second.attempts().size() == 2);
        assertThat(second.events()).containsExactly(event("told before"), event("while it was away"));
    }

    private static Instant nextMillisecond() {
        Instant now = Instant.now();
        await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(now.plusMillis(1)));
        return Instant.now();
    }

    @Test
    void whatTheBrokerHasDeletedIsToldAndTheEarliestThatIsThereComesNext() throws Exception {
        TopicPartition partition = ofStudy();
        stop(begun(receiver()));
        long place = places().get(partition).offset();
        List<String> events =
                IntStream.range(0, 10).mapToObj(n -> event("d" + n)).toList();
        for (String event : events) {
            publish(event);
        }
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(place + 5)))
                .all()
                .get();
        Trail trail = new Trail();
        trail.failures = 1;
        ScriptedReceiver receiver = receiver();
        feed(receiver, trail);
        await().atMost(LONG).until(() -> receiver.attempts().size() >= 5);
        assertThat(receiver.events()).isEqualTo(events.subList(5, 10));
        String told = name + " 5 the broker has deleted events " + place + " to " + (place + 4) + " of " + partition
                + " before they were taken; the next is event " + (place + 5);
        assertThat(givenUp).as("written down before the place is moved").containsExactly(told, told);
    }

    @Test
    void aTopicThatWasMadeAnewIsTakenFromItsBeginningAndTheGapIsTold() throws Exception {
        TopicPartition partition = ofStudy();
        stop(begun(receiver()));
        publish(event("there"));
        long place = places().get(partition).offset() + 1000;
        admin.alterConsumerGroupOffsets("rigatino-webhook-" + name, Map.of(partition, new OffsetAndMetadata(place)))
                .all()
                .get();
        ScriptedReceiver receiver = receiver();
        feed(receiver);
        await().atMost(LONG).until(() -> receiver.events().contains(event("there")));
        assertThat(givenUp)
                .singleElement()
                .asString()
                .contains("only before " + place)
                .contains("made anew");
    }

    private static TopicPartition ofStudy() throws Exception {
        RecordMetadata there = producer.send(new ProducerRecord<>(Feed.TOPIC, STUDY, event("its place")))
                .get();
        return new TopicPartition(there.topic(), there.partition());
    }

    @Test
    void twoProcessesOfOneReceiverTakeEachEventOnce() throws Exception {
        ScriptedReceiver one = receiver();
        ScriptedReceiver other = receiver();
        begun(one);
        feed(other);
        for (int n = 0; n < 20; n++) {
            producer.send(new ProducerRecord<>(Feed.TOPIC, "2.25." + n, event("shared-" + n)))
                    .get();
        }
        await().atMost(LONG)
                .until(() -> one.attempts().size() + other.attempts().size() >= 20);
        assertThat(IntStream.range(0, 20).mapToObj(n -> event("shared-" + n)).collect(Collectors.toSet()))
                .isSubsetOf(Stream.concat(one.events().stream(), other.events().stream())
                        .toList());
    }

    @Test
    void anEventWithoutAnIdIsNamedByItsPlace() throws Exception {
        ScriptedReceiver receiver = receiver();
        begun(receiver);
        for (String event : List.of("{}", "not JSON", "{\"id\":\"\"}")) {
            publish(event);
        }
        await().atMost(LONG).until(() -> receiver.attempts().size() == 3);
        assertThat(receiver.attempts())
                .extracting(ScriptedReceiver.Attempt::id)
                .allMatch(id -> id.matches("\\d-\\d+"))
                .doesNotHaveDuplicates();
        assertThat(receiver.events()).containsExactly("{}", "not JSON", "{\"id\":\"\"}");
    }
}
