package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    private final BackOff backOff = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 2", "2, 4", "5, 32", "8, 256", "9, 300", "40, 300", "2147483647, 300"})
    void doublesUpToTheLongest(int attempt, long seconds) {
        assertThat(backOff.after(attempt))
                .isBetween(Duration.ofSeconds(seconds).dividedBy(2), Duration.ofSeconds(seconds));
    }

    @Test
    void isSpread() {
        assertThat(Stream.generate(() -> backOff.after(5)).limit(50).distinct().count())
                .isGreaterThan(5);
    }
}
