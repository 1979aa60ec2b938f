package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Restores frames that come as they lie: {@link FirstDrawing} and {@link Redrawings}, one after the other. For one release, and one
 * thread at a time.
 *
 * @param <T> whatever a frame is known by
 */
public final class JoinedDrawing<T> {
    /** A frame that is through. */
    public record Drawn<T>(T of, RestoredFrame restored) {}

    private final FirstDrawing<T> first;
    private final Redrawings<T> again;

    /** @param neighbours whether one frame and the one that comes after it lie side by side */
    public JoinedDrawing(Restorer restorer, BiPredicate<T, T> neighbours) {
        this(restorer.release(), () -> restorer, neighbours);
    }

    /** @param restorer of the release, asked for with each batch */
    public JoinedDrawing(ModelRelease release, Supplier<Restorer> restorer, BiPredicate<T, T> neighbours) {
        first = new FirstDrawing<>(release, restorer, neighbours);
        again = new Redrawings<>(restorer, waiting -> 0);
    }

    /**
     * Those that are through, in their order; others with those that are added later, or by {@link #finish}.
     *
     * @param inputs as many as {@code of}
     */
    public List<Drawn<T>> add(List<T> of, List<NetworkInput> inputs) {
        return again.add(first.add(of, inputs));
    }

    /** What is left. */
    public List<Drawn<T>> finish() {
        List<Drawn<T>> last = new ArrayList<>(again.add(first.finish()));
        last.addAll(again.finish());
        return last;
    }
}
