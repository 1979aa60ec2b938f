package org.rigatino.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Time that shadows of one process may work in any hour. Not for use by several threads. */
final class ShadowBudget {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private record Spent(long at, long nanos) {}

    private final long budget;
    private final LongSupplier clock;
    private final Deque<Spent> spent = new ArrayDeque<>();

    /** @param clock in nanoseconds, from anywhere */
    ShadowBudget(Duration budget, LongSupplier clock) {
        this.budget = budget.toNanos();
        this.clock = clock;
    }

    void spend(long nanos) {
        spent.addLast(new Spent(clock.getAsLong(), nanos));
    }

    /** Of this hour, in seconds; negative where the last study took more than was left. */
    double left() {
        long now = clock.getAsLong();
        spent.removeIf(each -> now - each.at() > HOUR);
        return (budget - spent.stream().mapToLong(Spent::nanos).sum()) / 1e9;
    }
}
