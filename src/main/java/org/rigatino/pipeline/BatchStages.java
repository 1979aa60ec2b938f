package org.rigatino.pipeline;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.rigatino.persistence.StudyStage;

/**
 * Takes batches of one study through two stages, each on a thread of its own and in the order in which they come: while
 * the network draws one batch, the next is read and the last is encoded. What is under way is bounded by its pixels, and
 * who adds waits.
 */
final class BatchStages implements AutoCloseable {
    /** A first stage, whose result the second takes. */
    @FunctionalInterface
    interface First<T> {
        T run() throws StageException;
    }

    /** A second stage. */
    @FunctionalInterface
    interface Second<T> {
        void run(T result) throws StageException;
    }

    private final int limit;
    private final Semaphore room;
    private final ExecutorService network = Executors.newSingleThreadExecutor(task -> new Thread(task, "restore"));
    private final ExecutorService drawing = Executors.newSingleThreadExecutor(task -> new Thread(task, "draw"));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param limit pixels under way at once; a batch of more goes alone */
    BatchStages(int limit) {
        this.limit = limit;
        this.room = new Semaphore(limit);
    }

    /** @throws StageException where this or an earlier batch failed; nothing more is begun then */
    <T> void add(int pixels, First<T> first, Second<T> second) throws StageException {
        // What took no room would not be waited for.
        int taken = Math.max(1, Math.min(pixels, limit));
        acquire(taken);
        try {
            network.execute(() -> run(taken, () -> {
                T result = first.run();
                drawing.execute(() -> run(taken, () -> {
                    second.run(result);
                    room.release(taken);
                }));
            }));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            room.release(taken);
            throw new StageException(StudyStage.RESTORE, e);
        }
    }

    private interface Work {
        void run() throws StageException;
    }

    private void run(int taken, Work work) {
        if (failure.get() != null) {
            room.release(taken);
            return;
        }
        try {
            work.run();
        } catch (Throwable e) {
            // Who waits for the room would wait for ever.
            failure.compareAndSet(null, e);
            room.release(taken);
        }
    }

    /** Waits until all that was added is through. */
    void finish() throws StageException {
        acquire(limit);
        room.release(limit);
    }

    private void acquire(int pixels) throws StageException {
        try {
            room.acquire(pixels);
        } catch (InterruptedException e) {
            throw new StageException(StudyStage.IMAGE, "interrupted", e);
        }
        Throwable failed = failure.get();
        if (failed instanceof StageException stage) {
            throw stage;
        } else if (failed != null) {
            throw new StageException(StudyStage.RESTORE, failed);
        }
    }

    /** What is under way is interrupted. */
    @Override
    public void close() {
        network.shutdownNow();
        drawing.shutdownNow();
    }
}
