package org.rigatino.hl7.listen;

import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Warnings that peers cause, one a second: who sends by the thousand shall not fill the log. Any thread. */
final class OnceASecond {
    private final Logger log;
    private long last = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
    private long leftOut;

    OnceASecond(Logger log) {
        this.log = log;
    }

    synchronized void warn(String line) {
        if (System.nanoTime() - last < TimeUnit.SECONDS.toNanos(1)) {
            leftOut++;
            return;
        }
        log.warn(leftOut == 0 ? line : line + " (" + leftOut + " others since this was last told)");
        last = System.nanoTime();
        leftOut = 0;
    }
}
