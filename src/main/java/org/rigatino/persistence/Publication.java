package org.rigatino.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/**
 * Publishes what the record says is to be published, at least once, outside of any transaction: nothing is locked while a
 * broker is waited for. All of a page are under way at once, so that a partition that is out of reach holds up its own events
 * alone; those are passed over for a while that doubles. Of one key one event at a time, in the order of the record. One
 * round at a time.
 */
public final class Publication<T> {
    private static final Logger LOG = Logger.getLogger(Publication.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;

    /** What is to be published now. */
    public interface Pages<T> {
        /** The next of it, the lowest id first; empty at the end. */
        List<T> after(long id);
    }

    /** Where it is published, and what is noted once the broker has it, in a transaction of its own. */
    public interface Topic<T> {
        CompletionStage<?> send(T row);

        void acknowledged(T row);
    }

    private record Answer<T>(T row, Throwable problem) {}

    private record Pause(int failures, Instant until) {}

    private final String name;
    private final ToLongFunction<T> id;
    private final Function<T, String> key;
    private final Topic<T> topic;
    private final Duration limit;
    private final Map<String, Pause> paused = new HashMap<>();

    /**
     * @param id of a row, ascending
     * @param key of an event, by which the broker partitions
     * @param limit longest wait for the acknowledgements of a page
     */
    public Publication(String name, ToLongFunction<T> id, Function<T, String> key, Topic<T> topic, Duration limit) {
        this.name = name;
        this.id = id;
        this.key = key;
        this.topic = topic;
        this.limit = limit;
    }

    /** Everything that is due. Returns early, with what is left for the next round, where the thread is interrupted. */
    public synchronized void round(Pages<T> pages) {
        Set<String> passed = new HashSet<>();
        Instant now = Instant.now();
        paused.forEach((held, pause) -> {
            if (pause.until().isAfter(now)) {
                passed.add(held);
            }
        });
        Set<String> seen = new HashSet<>();
        List<T> page = pages.after(0);
        while (!page.isEmpty() && !Thread.currentThread().isInterrupted()) {
            page.forEach(row -> seen.add(key.apply(row)));
            publish(page, passed);
            page = pages.after(id.applyAsLong(page.get(page.size() - 1)));
        }
        paused.keySet().retainAll(seen);
    }

    private void publish(List<T> page, Set<String> passed) {
        BlockingQueue<Answer<T>> answers = new LinkedBlockingQueue<>();
        Map<Long, T> underWay = new HashMap<>();
        for (T row : page) {
            if (passed.add(key.apply(row))) {
                underWay.put(id.applyAsLong(row), row);
                send(row).whenComplete((done, problem) -> answers.add(new Answer<>(row, problem)));
            }
        }
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!underWay.isEmpty()) {
                Answer<T> answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    underWay.values().forEach(row -> pause(row, "no acknowledgement within " + limit));
                    return;
                }
                underWay.remove(id.applyAsLong(answer.row()));
                settle(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletionStage<?> send(T row) {
        try {
            return topic.send(row);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void settle(Answer<T> answer) {
        if (answer.problem() != null) {
            pause(answer.row(), answer.problem().getMessage());
            return;
        }
        try {
            topic.acknowledged(answer.row());
            paused.remove(key.apply(answer.row()));
        } catch (RuntimeException e) {
            pause(answer.row(), "that it was taken cannot be recorded: " + e.getMessage());
        }
    }

    private void pause(T row, String problem) {
        Pause before = paused.getOrDefault(key.apply(row), new Pause(0, Instant.MIN));
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(before.failures(), MOST_DOUBLINGS));
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        paused.put(
                key.apply(row), new Pause(before.failures() + 1, Instant.now().plus(pause)));
        LOG.warnf(
                "%s does not take an event of %s, which is repeated in %d s: %s",
                name, key.apply(row), pause.toSeconds(), problem);
    }
}
