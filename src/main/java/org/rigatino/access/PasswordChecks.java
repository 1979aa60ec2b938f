package org.rigatino.access;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Judges a few passwords at a time: each takes a good part of a second of one processor and then a row of the trail, and anybody
 * who reaches the page may ask for it.
 */
@Singleton
class PasswordChecks {
    /** As many connections of the database are taken at most. The other processors are for images. */
    static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors() / 4);

    /** Each holds a thread of those that answer requests. */
    static final int MOST_WAITING = 20;

    private static final long WAIT_SECONDS = 10;

    private final Semaphore room = new Semaphore(AT_ONCE, true);

    /** @throws IllegalStateException as {@link UserReason#BUSY}, at once where too many wait: nothing was judged */
    <T> T oneOfFew(Supplier<T> judgement) {
        if (!enter()) {
            throw UserReason.BUSY.conflict();
        }
        try {
            return judgement.get();
        } finally {
            room.release();
        }
    }

    private boolean enter() {
        try {
            return room.getQueueLength() < MOST_WAITING && room.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param hash null where there is no user: takes as long. Call it without a connection of the database. */
    boolean matches(String password, String hash) {
        return Password.matches(password, hash);
    }
}
