package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShadowBudgetTest {
    @Test
    void whatIsSpentComesBackAfterAnHour() {
        AtomicLong now = new AtomicLong(-7);
        ShadowBudget budget = new ShadowBudget(Duration.ofMinutes(2), now::get);
        assertThat(budget.left()).isEqualTo(120);
        budget.spend(Duration.ofSeconds(90).toNanos());
        now.addAndGet(Duration.ofMinutes(30).toNanos());
        budget.spend(Duration.ofSeconds(60).toNanos());
        assertThat(budget.left()).isEqualTo(-30);
        now.addAndGet(Duration.ofMinutes(31).toNanos());
        assertThat(budget.left()).isEqualTo(60);
        now.addAndGet(Duration.ofMinutes(31).toNanos());
        assertThat(budget.left()).isEqualTo(120);
    }
}
