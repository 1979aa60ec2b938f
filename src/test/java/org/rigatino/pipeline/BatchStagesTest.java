package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.persistence.StudyStage;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BatchStagesTest {
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
                                        10,
                                        () -> broken(error, broken == 0, "drawn"),
                                        once -> broken(error, broken == 1, once),
                                        twice -> broken(error, broken == 2, 10));
                            }
                            stages.finish();
                        })
                        .isInstanceOfSatisfying(StageException.class, failed -> assertThat(failed.stage())
                                .isEqualTo(StudyStage.RESTORE))
                        .hasCause(error);
            }
        }
    }

    @Test
    void batchesComeThroughInTheirOrder() throws StageException {
        List<Integer> through = Collections.synchronizedList(new ArrayList<>());
        try (BatchStages stages = new BatchStages(10)) {
            for (int batch = 0; batch < 20; batch++) {
                int number = batch;
                int pixels = batch == 19 ? 0 : 4;
                stages.add(pixels, () -> number, once -> once, twice -> {
                    through.add(twice);
                    return pixels;
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
            stages.add(6, () -> "drawn", once -> once, twice -> 0);
            for (int batch = 0; batch < 20; batch++) {
                stages.add(
                        5, () -> most.accumulateAndGet(underWay.incrementAndGet(), Math::max), once -> once, twice -> {
                            underWay.decrementAndGet();
                            return 5;
                        });
            }
            stages.add(0, () -> "left", once -> once, twice -> 6);
            stages.finish();
        }
        assertThat(most).hasValue(1);
    }
}
