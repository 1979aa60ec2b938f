package org.rigatino.pipeline;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;

/**
 * Takes batches of one study through three stages, each on a thread of its own and in the order in which they come: while
 * the network draws one batch, what departs in the one before is drawn again, the next is read and the last is encoded. What is under
 * way is bounded by its pixels and headers, those of frames that wait in a stage for others among them, and who adds waits.
 */
final class BatchStages implements AutoCloseable {
    /** A first stage, whose result the second takes. */
    @FunctionalInterface
    interface First<T> {
        T run() throws StageException;
    }

    /** A second stage, whose result the last takes. */
    @FunctionalInterface
    interface Second<T, U> {
        U run(T result) throws StageException;
    }

    /** The last stage. */
    @FunctionalInterface
    interface Last<T> {
        /** @return frames that are through with it, of this batch or of those before */
        List<WaitingFrame> run(T result) throws StageException;
    }

    private final PixelRoom room;
    private final ExecutorService network = thread("restore");
    private final ExecutorService again = thread("redraw");
    private final ExecutorService drawing = thread("draw");
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param limit as {@link PixelRoom} has it */
    BatchStages(long limit) {
        room = new PixelRoom(limit);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    }

    /** @throws StageException where this or an earlier batch failed; nothing more is begun then */
    <T, U> void add(List<WaitingFrame> frames, First<T> first, Second<T, U> second, Last<U> last)
            throws StageException {
        interruptibly(() -> room.enter(frames));
        begin(network, () -> {
            T once = first.run();
            begin(again, () -> {
                U twice = second.run(once);
                begin(drawing, () -> room.leave(last.run(twice)));
            });
        });
        requireNoFailure();
    }

    private interface Work {
        void run() throws StageException;
    }

    /** Who waits for the room would wait for ever, were a batch that fails not to leave it. */
    private void begin(ExecutorService stage, Work work) {
        try {
            stage.execute(() -> {
                try {
                    requireNoFailure();
                    work.run();
                } catch (Throwable e) {
                    fail(e);
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failure.compareAndSet(null, e);
        room.leave(List.of());
    }

    /** Waits until all that was added is through. */
    void finish() throws StageException {
        interruptibly(room::awaitEmpty);
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private void interruptibly(Waiting waiting) throws StageException {
        try {
            waiting.run();
        } catch (InterruptedException e) {
            throw new StageException(StudyStage.IMAGE, "interrupted", e);
        }
        requireNoFailure();
    }

    private void requireNoFailure() throws StageException {
        Throwable failed = failure.get();
        if (failed instanceof StageException stage) {
            throw stage;
        } else if (failed != null) {
            throw new StageException(StudyStage.RESTORE, failed);
        }
    }

    /**
     * What is under way is interrupted, and awaited, by who is interrupted too: none of it draws or writes beside those who try the
     * study again, nor with a network that is closed meanwhile.
     */
    @Override
    public void close() {
        List<ExecutorService> stages = List.of(network, again, drawing);
        stages.forEach(ExecutorService::shutdownNow);
        boolean interrupted = false;
        while (!stages.stream().allMatch(ExecutorService::isTerminated)) {
            try {
                for (ExecutorService stage : stages) {
                    stage.awaitTermination(1, TimeUnit.MINUTES);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
