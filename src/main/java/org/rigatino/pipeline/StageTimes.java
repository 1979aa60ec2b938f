package org.rigatino.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Where the time of a study goes: the metric {@code rigatino.stage}, a timer for each stage. */
@ApplicationScoped
public class StageTimes {
    /** A stage of the pipeline; {@code REDRAW} draws again what departs, beside {@code RESTORE}; {@code ALL} is the wall time from the event to the last durable overlay. */
    public enum Stage {
        IDENTITY,
        DECODE,
        RESTORE,
        REDRAW,
        ENCODE,
        STORE,
        ALL,
        DATABASE
    }

    /** Work that is timed. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    @Inject
    MeterRegistry meters;

    /** For work that nobody watches: times go nowhere. */
    public static StageTimes unwatched() {
        StageTimes times = new StageTimes();
        times.meters = new CompositeMeterRegistry();
        return times;
    }

    public <T, E extends Exception> T time(Stage stage, Work<T, E> work) throws E {
        long start = System.nanoTime();
        try {
            return work.run();
        } finally {
            since(stage, start);
        }
    }

    /** @param start by {@link System#nanoTime} */
    public void since(Stage stage, long start) {
        meters.timer("rigatino.stage", "stage", stage.name().toLowerCase(Locale.ROOT))
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
}
