package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Studies come first: whoever works for a shadow goes on only while this process has had no study for a while. */
@ApplicationScoped
class Precedence {
    /** Between two studies of a backlog there is a moment, which is no time for a shadow. */
    static final Duration QUIET = Duration.ofSeconds(2);

    private int underWay;
    private long idleSince = System.nanoTime() - QUIET.toNanos();

    /** A study is under way until it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    synchronized Turn study() {
        underWay++;
        return this::ended;
    }

    private synchronized void ended() {
        underWay--;
        idleSince = System.nanoTime();
        notifyAll();
    }

    synchronized boolean quiet() {
        return underWay == 0 && left() <= 0;
    }

    private long left() {
        return QUIET.toNanos() - (System.nanoTime() - idleSince);
    }

    /**
     * Returns at once where it is quiet.
     *
     * @return nanoseconds waited
     * @throws InterruptedException also where it is quiet and the thread was interrupted before
     */
    synchronized long awaitQuiet() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long start = System.nanoTime();
        while (!quiet()) {
            TimeUnit.NANOSECONDS.timedWait(
                    this, underWay > 0 ? TimeUnit.MINUTES.toNanos(1) : Math.max(left(), 1_000_000));
        }
        return System.nanoTime() - start;
    }
}
