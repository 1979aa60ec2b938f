package org.rigatino.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts an embedded part again that has ended by itself, as on a full disk, as soon as there is room and that works. The
 * process lives on meanwhile, and its readiness says what is down.
 */
final class Upkeep implements AutoCloseable {
    /** Below this a start would end in the middle; both parts write files of 16 MB at their starts. */
    static final long ROOM_BYTES = 64L << 20;

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final long STOP_MILLIS = 30_000;
    private static final Set<String> DOWN = new ConcurrentSkipListSet<>();

    /** Waits until the part has ended by itself, and says why as far as it is known. */
    interface End {
        String await() throws InterruptedException;
    }

    /** Ends what is left of the part and starts it at the address where it was; after a failure it is called again. */
    interface Start {
        void again() throws Exception;
    }

    private final String name;
    private final Path folder;
    private final End ended;
    private final Start start;
    private final Thread thread;

    /**
     * Both are called on its thread alone.
     *
     * @param folder of the part's data
     */
    Upkeep(String name, Path folder, End end, Start start) {
        this.name = name;
        this.folder = folder;
        this.ended = end;
        this.start = start;
        thread = new Thread(this::keep, "upkeep of " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Parts of this process that have ended and do not work yet. */
    static Set<String> down() {
        return Set.copyOf(DOWN);
    }

    private void keep() {
        try {
            while (true) {
                String cause = ended.await();
                DOWN.add(name);
                long free = free();
                // Whoever interrupts the whole group of processes stops this one too, and the part is first.
                TimeUnit.MILLISECONDS.sleep(WAIT.toMillis());
                LOG.errorf(
                        "the embedded %s has ended by itself (%s); %d MB were free in %s. It is started again once %d MB are"
                                + " free: where they are not, make room",
                        name, cause, free >> 20, folder, ROOM_BYTES >> 20);
                restart();
                DOWN.remove(name);
                LOG.infof("the embedded %s works again", name);
            }
        } catch (InterruptedException e) {
            LOG.debugf("the embedded %s is stopped", name);
        } finally {
            DOWN.remove(name);
        }
    }

    private void restart() throws InterruptedException {
        Duration wait = WAIT;
        while (true) {
            while (free() < ROOM_BYTES) {
                TimeUnit.MILLISECONDS.sleep(WAIT.toMillis());
            }
            try {
                start.again();
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                // A broker that has no room for a map of memory says so by an Error.
                requireNotStopped();
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
                LOG.warnf("the embedded %s does not start, and is tried again in %d s: %s", name, wait.toSeconds(), e);
                TimeUnit.MILLISECONDS.sleep(wait.toMillis());
            }
        }
    }

    private static void requireNotStopped() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Bytes; 0 where that cannot be told. */
    private long free() {
        return folder.toFile().getUsableSpace();
    }

    /** The process is about to stop: a part that ends is left so. */
    void end() {
        thread.interrupt();
    }

    /** Returns when it starts nothing any more. */
    @Override
    public void close() {
        end();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
