package org.rigatino.worker;

import org.rigatino.pipeline.Pace;

/** Gives way to studies, and tells work from waiting. Safe for use by several threads. */
final class BehindStudies implements Pace {
    private final Precedence precedence;
    private final long start = System.nanoTime();
    private long waited;
    private long waitingSince;
    private int waiting;

    BehindStudies(Precedence precedence) {
        this.precedence = precedence;
    }

    @Override
    public void giveWay() throws InterruptedException {
        begin();
        try {
            precedence.awaitQuiet();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        if (waiting++ == 0) {
            waitingSince = System.nanoTime();
        }
    }

    private synchronized void end() {
        if (--waiting == 0) {
            waited += System.nanoTime() - waitingSince;
        }
    }

    /** Nanoseconds since the start, without those in which it gave way. */
    synchronized long worked() {
        long now = System.nanoTime();
        return now - start - waited - (waiting > 0 ? now - waitingSince : 0);
    }
}
