package org.rigatino.worker;

import org.rigatino.pipeline.SilentJudgement;

/** Gives way to studies, and tells work from waiting. */
final class ShadowPace implements SilentJudgement.Pace {
    private final Precedence precedence;
    private final long start = System.nanoTime();
    private long waited;
    private long waitingSince;
    private boolean waiting;

    ShadowPace(Precedence precedence) {
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
        waiting = true;
        waitingSince = System.nanoTime();
    }

    private synchronized void end() {
        waiting = false;
        waited += System.nanoTime() - waitingSince;
    }

    /** Nanoseconds since the start, without those in which it gave way. */
    synchronized long worked() {
        long now = System.nanoTime();
        return now - start - waited - (waiting ? now - waitingSince : 0);
    }
}
