package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rigatino.Patience;

/** However many pictures are asked for at once, and however large they are. */
@Timeout(Patience.SECONDS)
class PictureRoomTest {
    private static final Duration LONG = Patience.STEP;

    private final ExecutorService viewers = Executors.newCachedThreadPool();

    @AfterEach
    void go() {
        viewers.shutdownNow();
    }

    @Test
    void noMoreIsDrawnAtOnceThanThereIsRoomFor() throws Exception {
        PictureRoom room = new PictureRoom(100, LONG);
        AtomicInteger pixels = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> drawn = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int size = i % 10 == 0 ? 1000 : 30;
            int taken = Math.min(size, 100);
            drawn.add(viewers.submit(() -> room.draw(size, () -> {
                most.accumulateAndGet(pixels.addAndGet(taken), Math::max);
                Thread.yield();
                pixels.addAndGet(-taken);
                return size;
            })));
        }
        for (Future<Integer> one : drawn) {
            assertThat(one.get()).isIn(30, 1000);
        }
        assertThat(most.get()).isBetween(30, 100);
    }

    @Test
    void whoFindsNoRoomInTimeIsToldToComeAgainAndWhatFailsGivesItsRoomBack() throws Exception {
        PictureRoom room = new PictureRoom(100, Duration.ofMillis(50));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<String> first = viewers.submit(() -> room.draw(80, () -> {
            inside.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("drawn wrong");
        }));
        inside.await();
        assertThat(room.<String>draw(20, () -> "small")).isEqualTo("small");
        assertThatThrownBy(() -> room.draw(21, () -> "large")).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.getStatusCode()).isEqualTo(503);
            assertThat(problem.getHeaders()).containsEntry("Retry-After", "5");
            assertThat(problem.getDetail()).contains("try again");
        });
        end.countDown();
        assertThatThrownBy(first::get).hasMessageContaining("drawn wrong");
        assertThat(room.<String>draw(100, () -> "large")).isEqualTo("large");
    }

    /** Each that waits holds a thread that could answer somebody. */
    @Test
    void aCrowdDoesNotWait() throws Exception {
        PictureRoom room = new PictureRoom(1, LONG);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        AtomicInteger drawn = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            viewers.submit(() -> {
                try {
                    return room.draw(1, () -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return drawn.incrementAndGet();
                    });
                } catch (HttpProblem e) {
                    return told.incrementAndGet();
                }
            });
        }
        await().atMost(LONG).until(() -> told.get() >= 100);
        end.countDown();
        await().atMost(LONG).until(() -> told.get() + drawn.get() == 200);
        assertThat(drawn.get()).isGreaterThanOrEqualTo(60);
    }
}
