package org.rigatino.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real PostgreSQL: WorklistIT. */
class RepeatedActsTest {
    private final AtomicInteger calls = new AtomicInteger();

    private String act(int failures, Exception problem) throws Exception {
        return RepeatedActs.repeated(() -> {
            if (calls.incrementAndGet() <= failures) {
                throw problem;
            }
            return "done";
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03"})
    void whatTheDatabaseEndsForTheSakeOfAnotherIsBegunAnew(String state) throws Exception {
        assertThat(act(2, new IllegalStateException(new SQLException("ended", state))))
                .isEqualTo("done");
        assertThat(calls).hasValue(3);
    }

    @Test
    void whyACommitFailedMayBeSuppressed() throws Exception {
        Exception failed = new Exception("could not commit");
        failed.addSuppressed(new RuntimeException(new SQLException("deadlock", "40P01")));
        assertThat(act(1, failed)).isEqualTo("done");
    }

    @Test
    void notForEver() {
        SQLException deadlock = new SQLException("deadlock", "40P01");
        assertThatThrownBy(() -> act(99, deadlock)).isSameAs(deadlock);
        assertThat(calls).hasValue(RepeatedActs.MOST);
    }

    @Test
    void whatIsWrongIsNotRepeated() {
        IllegalStateException wrong = new IllegalStateException(new SQLException("not unique", "23505"));
        assertThatThrownBy(() -> act(1, wrong)).isSameAs(wrong);
        assertThat(calls).hasValue(1);
    }
}
