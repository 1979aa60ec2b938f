package org.rigatino.persistence;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Work of one kind on a thread of its own: done as soon as somebody rings, never twice at once, and once more where
 * somebody rings meanwhile, though no sooner than {@value #REST_MILLIS} ms later. Rings are not counted. A ring that
 * nobody gave is made up for by whoever rings regularly.
 */
public final class Doorbell implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Doorbell.class);
    private static final long STOP_MILLIS = 10_000;
    private static final long REST_MILLIS = 50;
    private static final long NEVER = Long.MAX_VALUE;

    private final Semaphore rung = new Semaphore(0);
    private final Runnable work;
    private final Thread thread;
    /** Nanoseconds from the end of the work, told by the work itself. */
    private volatile long alarm = NEVER;

    private volatile boolean closed;

    /** @param work may throw: that is logged, and the next ring is answered */
    public Doorbell(String name, Runnable work) {
        this.work = work;
        thread = new Thread(this::answer, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns at once. */
    public void ring() {
        rung.release();
    }

    /** Rings where the work has not said when it is to be done again: it knows of what is to come, then. */
    public void ringUnlessSet() {
        if (alarm == NEVER) {
            ring();
        }
    }

    /** Called by the work: it is to be done again after this time, if nobody rings before. */
    public void ringAfter(Duration time) {
        alarm = Math.max(0, time.toNanos());
    }

    private void answer() {
        try {
            while (!closed) {
                await();
                if (!closed) {
                    work();
                    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s stops", Thread.currentThread().getName());
        }
    }

    private void await() throws InterruptedException {
        if (alarm == NEVER) {
            rung.acquire();
        } else {
            rung.tryAcquire(alarm, TimeUnit.NANOSECONDS);
        }
        rung.drainPermits();
        alarm = NEVER;
    }

    private void work() {
        try {
            work.run();
        } catch (Throwable e) {
            LOG.errorf(
                    e, "%s is interrupted and goes on", Thread.currentThread().getName());
        }
    }

    /** Waits for work that is under way. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        ring();
        thread.join(STOP_MILLIS);
    }
}
