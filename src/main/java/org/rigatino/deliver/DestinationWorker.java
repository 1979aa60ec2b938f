package org.rigatino.deliver;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.rigatino.dicom.DicomException;
import org.rigatino.persistence.AdvisoryLock;

/** Sends and confirms what is due for one destination, on a thread of its own, until stopped. */
final class DestinationWorker implements Runnable {
    private static final Logger LOG = Logger.getLogger(DestinationWorker.class);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final String destination;
    private final DataSource dataSource;
    private final BooleanSupplier inForce;
    private final Step sending;
    private final Step confirming;
    private final Runnable abort;
    private final BackOff backOff;
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** A part of a pass. */
    @FunctionalInterface
    interface Step {
        /**
         * @return whether anything was due
         * @throws DicomException where the destination is out of reach
         */
        boolean work() throws DicomException;
    }

    /**
     * @param inForce whether the destination still is as the steps take it to be
     * @param abort ends what the steps send just now
     */
    DestinationWorker(
            String destination,
            DataSource dataSource,
            BooleanSupplier inForce,
            Step sending,
            Step confirming,
            Runnable abort,
            BackOff backOff) {
        this.destination = destination;
        this.dataSource = dataSource;
        this.inForce = inForce;
        this.sending = sending;
        this.confirming = confirming;
        this.abort = abort;
        this.backOff = backOff;
    }

    @Override
    public void run() {
        int failures = 0;
        Duration wait = Duration.ZERO;
        while (!stopsWithin(wait)) {
            try {
                woken.drainPermits();
                wait = Duration.ZERO;
                if (!pass()) {
                    woken.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                }
                failures = 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (DicomException | SQLException | RuntimeException e) {
                wait = backOff.after(++failures, e);
                LOG.warnf("destination %s: %s; next attempt in %d ms", destination, e.getMessage(), wait.toMillis());
            } catch (Throwable e) {
                wait = backOff.after(++failures);
                LOG.errorf(e, "destination %s is interrupted and goes on in %d ms", destination, wait.toMillis());
            }
        }
    }

    /** @return whether there was anything to do */
    private boolean pass() throws DicomException, SQLException {
        Optional<AdvisoryLock> lock = AdvisoryLock.tryAcquire(dataSource, AdvisoryLock.ofDestination(destination));
        if (lock.isEmpty()) {
            return false;
        }
        try (AdvisoryLock held = lock.get()) {
            return inForce.getAsBoolean() && work();
        }
    }

    /** Proof is asked for whatever became of sending: what was sent before waits for it. */
    private boolean work() throws DicomException {
        boolean sent;
        try {
            sent = sending.work();
        } catch (DicomException | RuntimeException e) {
            try {
                confirm();
            } catch (DicomException | RuntimeException besides) {
                e.addSuppressed(besides);
            }
            throw e;
        }
        return sent | confirm();
    }

    private boolean confirm() throws DicomException {
        return inForce.getAsBoolean() && confirming.work();
    }

    private boolean stopsWithin(Duration wait) {
        try {
            return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** There is something to send: ends a pause for want of work, and no other. */
    void wake() {
        woken.release();
    }

    /** Without the end of what is under way: the destination is not there any more. */
    void leave() {
        stop();
        abort.run();
    }

    void stop() {
        stopped.countDown();
        wake();
    }
}
