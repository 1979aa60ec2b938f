package org.rigatino.dicom;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes a resource unless work on it ends in time. A socket's own time-out covers a single read and no write at all: a
 * peer that stops reading, or sends a byte now and then, would otherwise hold its thread for ever.
 */
public final class Deadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Closeable resource;
    private final ScheduledFuture<?> expiry;
    /** Set before the resource is closed: what used it may look here before its closing has returned. */
    private volatile boolean passed;

    private Deadline(Closeable resource, Duration limit) {
        this.resource = resource;
        expiry = TIMER.schedule(this::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param resource closed from another thread where the deadline passes; what uses it then fails */
    public static Deadline of(Closeable resource, Duration limit) {
        return new Deadline(resource, limit);
    }

    public boolean hasPassed() {
        return passed;
    }

    @Override
    public void close() {
        expiry.cancel(false);
    }

    private Void expire() throws IOException {
        passed = true;
        resource.close();
        return null;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "deadline");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
