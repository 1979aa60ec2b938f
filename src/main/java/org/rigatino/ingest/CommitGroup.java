package org.rigatino.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Lets what several threads want committed at the same time share one transaction. Each caller waits for the commit of
 * its own item, so that no more items wait than there are callers.
 *
 * @param <T> what is committed
 * @param <R> what comes of it
 */
final class CommitGroup<T, R> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CommitGroup.class);
    private static final int MOST = 64;

    private record Waiting<T, R>(T item, CompletableFuture<R> result) {}

    private final BlockingQueue<Waiting<T, R>> queue = new LinkedBlockingQueue<>();
    private final Function<List<T>, List<R>> transaction;
    private final Predicate<RuntimeException> oneItemsFault;
    private final Duration limit;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param transaction commits all of its items or none; results are in the items' order
     * @param oneItemsFault whether a failure may be a single item's: the others are committed without it then
     * @param limit of a caller's wait
     */
    CommitGroup(
            String name,
            Function<List<T>, List<R>> transaction,
            Predicate<RuntimeException> oneItemsFault,
            Duration limit) {
        this.transaction = transaction;
        this.oneItemsFault = oneItemsFault;
        this.limit = limit;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns once the item is committed.
     *
     * @throws IllegalStateException where that is not known to have happened within the limit; it still may
     */
    R commit(T item) {
        Waiting<T, R> waiting = new Waiting<>(item, new CompletableFuture<>());
        queue.add(waiting);
        if (closed) {
            failAll();
        }
        try {
            return waiting.result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            giveUp(waiting);
            throw new IllegalStateException("the database has not committed within " + limit, e);
        } catch (InterruptedException e) {
            giveUp(waiting);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the commit", e);
        }
    }

    private void giveUp(Waiting<T, R> waiting) {
        waiting.result.cancel(false);
        queue.remove(waiting);
    }

    private void run() {
        try {
            while (true) {
                next();
            }
        } catch (InterruptedException e) {
            failAll();
        }
    }

    /** Whatever is thrown ends this group and not the thread: what comes later is committed by it too. */
    private void next() throws InterruptedException {
        List<Waiting<T, R>> group = new ArrayList<>();
        group.add(queue.take());
        try {
            queue.drainTo(group, MOST - 1);
            // Who does not wait any more has told its sender to come again.
            group.removeIf(waiting -> waiting.result.isDone());
            if (!group.isEmpty()) {
                commit(group);
            }
        } catch (Throwable e) {
            LOG.errorf(e, "%s is interrupted and goes on", thread.getName());
            group.forEach(waiting -> waiting.result.completeExceptionally(e));
        }
    }

    private void commit(List<Waiting<T, R>> group) {
        try {
            List<R> results =
                    transaction.apply(group.stream().map(Waiting::item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result.complete(results.get(i));
            }
        } catch (RuntimeException e) {
            if (group.size() > 1 && oneItemsFault.test(e)) {
                group.forEach(waiting -> commit(List.of(waiting)));
            } else {
                group.forEach(waiting -> waiting.result.completeExceptionally(e));
            }
        }
    }

    private void failAll() {
        queue.forEach(waiting -> waiting.result.completeExceptionally(new IllegalStateException("stopped")));
    }

    /** Whether there is a thread that commits. */
    boolean isAlive() {
        return thread.isAlive();
    }

    /** Items that no transaction has been begun for. */
    int waiting() {
        return queue.size();
    }

    /** What still waits fails. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        failAll();
    }
}
