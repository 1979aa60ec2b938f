package org.rigatino.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.rigatino.Patience;

class DoorbellTest {
    private static final long LONG = Patience.SECONDS;

    private final Semaphore done = new Semaphore(0);

    private boolean done(int times) throws InterruptedException {
        return done.tryAcquire(times, LONG, TimeUnit.SECONDS);
    }

    @Test
    void nothingIsDoneUntilSomebodyRings() throws Exception {
        try (Doorbell bell = new Doorbell("test", done::release)) {
            assertThat(done.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
            bell.ring();
            assertThat(done(1)).isTrue();
        }
    }

    @Test
    void ringsDuringTheWorkMakeOneMoreRunAndNoneBesideIt() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch rung = new CountDownLatch(1);
        try (Doorbell bell = new Doorbell("test", () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            begun.countDown();
            awaitQuietly(rung);
            inside.decrementAndGet();
            done.release();
        })) {
            bell.ring();
            assertThat(begun.await(LONG, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 10; i++) {
                bell.ring();
            }
            rung.countDown();
            assertThat(done(2)).isTrue();
            assertThat(done.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void workThatThrowsIsDoneAgainAtTheNextRing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Doorbell bell = new Doorbell("test", () -> {
            done.release();
            switch (runs.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("the first time");
                case 2 -> throw new OutOfMemoryError("the second time");
                default -> {}
            }
        })) {
            for (int i = 0; i < 3; i++) {
                bell.ring();
                assertThat(done(1)).isTrue();
            }
        }
    }

    @Test
    void theWorkSetsItsOwnNextTime() throws Exception {
        AtomicReference<Doorbell> itself = new AtomicReference<>();
        AtomicInteger runs = new AtomicInteger();
        try (Doorbell bell = new Doorbell("test", () -> {
            if (runs.incrementAndGet() < 3) {
                itself.get().ringAfter(Duration.ofMillis(10));
            }
            done.release();
        })) {
            itself.set(bell);
            bell.ring();
            assertThat(done(3)).isTrue();
            assertThat(done.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void whoRingsUnlessATimeIsSetLeavesTheTimeAlone() throws Exception {
        AtomicReference<Doorbell> itself = new AtomicReference<>();
        try (Doorbell bell = new Doorbell("test", () -> {
            itself.get().ringAfter(Duration.ofHours(1));
            done.release();
        })) {
            itself.set(bell);
            bell.ringUnlessSet();
            assertThat(done(1)).isTrue();
            await().during(Duration.ofMillis(300)).until(() -> {
                bell.ringUnlessSet();
                return done.availablePermits() == 0;
            });
            bell.ring();
            assertThat(done(1)).isTrue();
        }
    }

    @Test
    void afterItsEndNothingIsDone() throws Exception {
        Doorbell bell = new Doorbell("test", done::release);
        bell.close();
        bell.ring();
        assertThat(done.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
