package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Holds back who would make results while there is nowhere for them to go. Studies wait as READY meanwhile. Thread-safe. */
@ApplicationScoped
public class DestinationGate {
    private static final Logger LOG = Logger.getLogger(DestinationGate.class);
    private static final long LOOK_MILLIS = 500;

    @Inject
    DestinationsInForce destinations;

    private final AtomicInteger held = new AtomicInteger();

    /**
     * Returns once a destination that takes what is made of studies is in force, be it paused; one that an administrator adds counts within two seconds.
     *
     * @throws InterruptedException where the process stops first
     */
    public void await(CountDownLatch stopping) throws InterruptedException {
        if (destinations.takeStudies()) {
            return;
        }
        if (held.getAndIncrement() == 0) {
            LOG.warn("no destination is in force: studies wait until an administrator adds one, or the configuration"
                    + " names one in rigatino.deliver.destinations");
        }
        try {
            while (!destinations.takeStudies()) {
                if (stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("stopped while no destination is in force");
                }
            }
        } finally {
            held.decrementAndGet();
        }
    }

    /** Whether a study waits for a destination now. */
    boolean isHolding() {
        return held.get() > 0;
    }
}
