package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.Patience;
import org.rigatino.dicom.Dataset;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;

@Timeout(Patience.SECONDS)
class BatchStagesTest {
    private static final List<WaitingFrame> TEN = frames(10);

    @TempDir
    Path folder;

    private static List<WaitingFrame> frames(int pixels) {
        return List.of(FrameBatchesTest.waiting(new Dataset(), pixels));
    }

    private Dataset largeHeader() throws IOException {
        return FrameBatchesTest.header(folder, 150_000, 0x00281201);
    }

    /** Two batches of which the first leaves when the second is drawn, and not before. */
    private static void overlap(BatchStages stages, Dataset one, Dataset other) throws StageException {
        List<WaitingFrame> first = List.of(FrameBatchesTest.waiting(one, 5));
        List<WaitingFrame> second = List.of(FrameBatchesTest.waiting(other, 5));
        CompletableFuture<Boolean> drawn = new CompletableFuture<>();
        stages.add(first, () -> "drawn", once -> once, twice -> {
            drawn.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
            return first;
        });
        stages.add(second, () -> drawn.complete(true), once -> once, twice -> second);
    }

    static Stream<Error> errors() {
        return Stream.of(new OutOfMemoryError("no memory"), new StackOverflowError(), new UnsatisfiedLinkError("gone"));
    }

    private static <T> T broken(Error error, boolean here, T result) {
        if (here) {
            throw error;
        }
        return result;
    }

    /** Nobody waits for room that is never given back. */
    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInAnyStageFailsTheStudyAndGivesTheRoomBack(Error error) {
        for (int stage = 0; stage < 3; stage++) {
            int broken = stage;
            try (BatchStages stages = new BatchStages(10)) {
                assertThatThrownBy(() -> {
                            for (int batch = 0; batch < 5; batch++) {
                                stages.add(
                                        TEN,
                                        () -> broken(error, broken == 0, "drawn"),
                                        once -> broken(error, broken == 1, once),
                                        twice -> broken(error, broken == 2, TEN));
                            }
                            stages.finish();
                        })
                        .isInstanceOfSatisfying(StageException.class, failed -> assertThat(failed.stage())
                                .isEqualTo(StudyStage.RESTORE))
                        .hasCause(error);
            }
        }
    }

    /** A study whose end was told is drawn and written no more, nor is a network closed that draws. */
    @Test
    void whatIsUnderWayIsOverWhenTheStagesAreClosed() throws Exception {
        for (int stage = 0; stage < 3; stage++) {
            int slow = stage;
            CountDownLatch begun = new CountDownLatch(1);
            AtomicBoolean over = new AtomicBoolean();
            try (BatchStages stages = new BatchStages(10)) {
                stages.add(
                        TEN,
                        () -> slow == 0 ? slowly(begun, over) : "drawn",
                        once -> slow == 1 ? slowly(begun, over) : once,
                        twice -> slow == 2 ? List.of(slowly(begun, over)) : TEN);
                begun.await();
            }
            assertThat(over).as("stage %d", stage).isTrue();
        }
    }

    @Test
    void whoIsInterruptedMeanwhileStaysSo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        try (BatchStages stages = new BatchStages(10)) {
            stages.add(TEN, () -> slowly(begun, over), once -> once, twice -> TEN);
            begun.await();
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(over).isTrue();
    }

    /** As a network, which draws its batch to the end. */
    private static WaitingFrame slowly(CountDownLatch begun, AtomicBoolean over) {
        begun.countDown();
        Instant end = Instant.now().plusMillis(300);
        while (Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        over.set(true);
        return TEN.get(0);
    }

    @Test
    void batchesComeThroughInTheirOrder() throws StageException {
        List<Integer> through = Collections.synchronizedList(new ArrayList<>());
        try (BatchStages stages = new BatchStages(10)) {
            for (int batch = 0; batch < 20; batch++) {
                int number = batch;
                List<WaitingFrame> frames = batch == 19 ? List.of() : frames(4);
                stages.add(frames, () -> number, once -> once, twice -> {
                    through.add(twice);
                    return frames;
                });
            }
            stages.finish();
        }
        assertThat(through).as("what has no pixels too").hasSize(20).isSorted();
    }

    /** What waits in a stage for a later batch counts: with it there is room for one batch here, without it for two. */
    @Test
    void framesThatStayTakeRoomAndStopNobody() throws StageException {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (BatchStages stages = new BatchStages(10)) {
            List<WaitingFrame> stay = frames(6);
            stages.add(stay, () -> "drawn", once -> once, twice -> List.of());
            for (int batch = 0; batch < 20; batch++) {
                List<WaitingFrame> frames = frames(5);
                stages.add(
                        frames,
                        () -> most.accumulateAndGet(underWay.incrementAndGet(), Math::max),
                        once -> once,
                        twice -> {
                            underWay.decrementAndGet();
                            return frames;
                        });
            }
            stages.add(List.of(), () -> "left", once -> once, twice -> stay);
            stages.finish();
        }
        assertThat(most).hasValue(1);
    }

    /** As all frames of an enhanced instance have one. */
    @Test
    void framesOfOneHeaderWaitForTheirPixelsAloneHoweverLargeItIs() throws Exception {
        Dataset header = largeHeader();
        try (BatchStages stages = new BatchStages(FrameBatches.weight(header) / 2)) {
            overlap(stages, header, header);
            stages.finish();
        }
    }

    @Test
    void ofLargeHeadersAsManyAreUnderWayAsThereIsRoomFor() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        long weight = FrameBatches.weight(largeHeader());
        try (BatchStages stages = new BatchStages(weight * 5 / 2)) {
            for (int batch = 0; batch < 20; batch++) {
                Dataset header = largeHeader();
                List<WaitingFrame> frames =
                        List.of(FrameBatchesTest.waiting(header, 5), FrameBatchesTest.waiting(header, 5));
                stages.add(
                        frames,
                        () -> most.accumulateAndGet(underWay.incrementAndGet(), Math::max),
                        once -> once,
                        twice -> {
                            underWay.decrementAndGet();
                            return frames;
                        });
            }
            overlap(stages, largeHeader(), largeHeader());
            stages.finish();
        }
        assertThat(most.get()).as("and all their room was given back").isBetween(1, 2);
    }
}
