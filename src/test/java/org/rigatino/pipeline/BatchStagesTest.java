package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    /** Nobody waits for room that is never given back. */
    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInEitherStageFailsTheStudyAndGivesTheRoomBack(Error error) {
        for (boolean first : new boolean[] {true, false}) {
            try (BatchStages stages = new BatchStages(10)) {
                assertThatThrownBy(() -> {
                            for (int batch = 0; batch < 5; batch++) {
                                stages.add(
                                        10,
                                        () -> {
                                            if (first) {
                                                throw error;
                                            }
                                            return "restored";
                                        },
                                        result -> {
                                            throw error;
                                        });
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
                stages.add(batch == 19 ? 0 : 4, () -> number, through::add);
            }
            stages.finish();
        }
        assertThat(through).as("what has no pixels too").hasSize(20).isSorted();
    }
}
