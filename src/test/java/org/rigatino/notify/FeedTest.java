package org.rigatino.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final Duration USUAL = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Test
    void aReceiverThatSaysWhenIsNotAskedSoonerAndNotLaterThanTheLongestWait() {
        assertThat(Feed.due(new IOException("away"), USUAL, LONGEST)).isEqualTo(USUAL);
        assertThat(due(Duration.ZERO)).isEqualTo(USUAL);
        assertThat(due(Duration.ofSeconds(3))).isEqualTo(USUAL);
        assertThat(due(Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(2));
        assertThat(due(Duration.ofDays(3))).isEqualTo(LONGEST);
    }

    private static Duration due(Duration after) {
        return Feed.due(new RetryLaterException("answered 503", after), USUAL, LONGEST);
    }
}
