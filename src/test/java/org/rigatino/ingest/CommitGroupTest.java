package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rigatino.Patience;

class CommitGroupTest {
    private static final Duration LONG = Patience.STEP;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<Integer>> transactions = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    private CommitGroup<Integer, Integer> group(Function<List<Integer>, List<Integer>> transaction, Duration limit) {
        return new CommitGroup<>("test", transaction, IllegalArgumentException.class::isInstance, limit);
    }

    private List<Integer> squares(List<Integer> items) {
        transactions.add(items);
        return items.stream().map(item -> item * item).toList();
    }

    @Test
    void whatWaitsDuringACommitSharesTheNext() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (CommitGroup<Integer, Integer> group = group(
                items -> {
                    busy.countDown();
                    await(go);
                    return squares(items);
                },
                LONG)) {
            List<Future<Integer>> results = new ArrayList<>();
            results.add(callers.submit(() -> group.commit(0)));
            busy.await();
            for (int i = 1; i <= 8; i++) {
                int item = i;
                results.add(callers.submit(() -> group.commit(item)));
            }
            while (group.waiting() < 8) {
                Thread.onSpinWait();
            }
            go.countDown();
            for (int i = 0; i <= 8; i++) {
                assertThat(results.get(i).get()).isEqualTo(i * i);
            }
        }
        assertThat(transactions).hasSize(2);
        assertThat(transactions.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void oneItemsFaultFailsThatItemAlone() throws Exception {
        try (CommitGroup<Integer, Integer> group = group(
                items -> {
                    if (items.contains(3)) {
                        throw new IllegalArgumentException("three");
                    }
                    return squares(items);
                },
                LONG)) {
            List<Callable<Integer>> calls = List.of(1, 2, 3, 4, 5).stream()
                    .<Callable<Integer>>map(item -> () -> group.commit(item))
                    .toList();
            List<Future<Integer>> results = callers.invokeAll(calls);
            assertThat(results.get(1).get()).isEqualTo(4);
            assertThat(results.get(4).get()).isEqualTo(25);
            assertThatThrownBy(() -> results.get(2).get()).hasRootCauseMessage("three");
        }
    }

    @Test
    void aCommitThatDoesNotEndHoldsNobodyForEver() {
        CountDownLatch never = new CountDownLatch(1);
        try (CommitGroup<Integer, Integer> group = group(
                items -> {
                    await(never);
                    return squares(items);
                },
                Duration.ofMillis(200))) {
            assertThatThrownBy(() -> group.commit(1)).hasMessageContaining("PT0.2S");
            assertThatThrownBy(() -> group.commit(2)).hasMessageContaining("PT0.2S");
            never.countDown();
        }
        assertThat(transactions).allSatisfy(items -> assertThat(items).doesNotContain(2));
    }

    @Test
    void whatComesAfterTheEndIsRefused() {
        CommitGroup<Integer, Integer> group = group(this::squares, LONG);
        group.close();
        assertThatThrownBy(() -> group.commit(1)).hasMessageContaining("stopped");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anErrorEndsItsGroupAndNotTheThread() {
        List<Throwable> errors = new ArrayList<>(
                List.of(new OutOfMemoryError("no memory"), new StackOverflowError(), new NoClassDefFoundError("Gone")));
        try (CommitGroup<Integer, Integer> group = group(
                items -> {
                    if (!errors.isEmpty()) {
                        throw (Error) errors.remove(0);
                    }
                    return squares(items);
                },
                LONG)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> group.commit(3)).hasCauseInstanceOf(Error.class);
                assertThat(group.isAlive()).isTrue();
            }
            assertThat(group.commit(3)).isEqualTo(9);
        }
    }
}
