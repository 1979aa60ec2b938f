package org.rigatino.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                "' 7 ' | PT7S",
                "99999999999999999999 | P3650D",
                "Sat, 28 Nov 2026 10:01:30 GMT | PT1M30S",
                "Saturday, 28-Nov-26 10:01:30 GMT | PT1M30S",
                "Sat Nov 28 10:01:30 2026 | PT1M30S",
                "Tue Dec  1 10:00:00 2026 | P3D",
                "Sat, 28 Nov 2026 09:59:59 GMT | PT0S",
                "Sunday, 06-Nov-94 08:49:37 GMT | PT0S",
                "Sun, 06 Nov 1994 08:49:37 GMT | PT0S"
            })
    void secondsAndEveryFormOfHttpDate(String value, Duration expected) {
        assertThat(RetryAfter.of(value, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-5",
                "1.5",
                "soon",
                "Sat, 28 Nov 2026",
                "2026-11-28T10:01:30Z",
                "Sat, 31 Feb 2026 10:00:00 PST"
            })
    void whatIsNeitherSaysNothing(String value) {
        assertThat(RetryAfter.of(value, NOW)).isEqualTo(Optional.empty());
    }
}
