package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Draws frames that come as they lie, one after another, and joins the map of each with those of the one before and the one
 * after it. Holds two frames; where the release judges each slice by itself, none. What becomes of a frame depends on it and its
 * neighbours alone. For one release, and one thread at a time.
 *
 * @param <T> whatever a frame is known by
 */
public final class JoinedDrawing<T> {
    /** A frame that is through. */
    public record Drawn<T>(T of, RestoredFrame restored) {}

    private record First<T>(T of, FrameTranslator.Drawn drawing, float[] map) {}

    private final Supplier<Restorer> restorer;
    private final ReleaseFile release;
    private final float[] spread;
    private final BiPredicate<T, T> neighbours;
    /** The last one that is through; null at first. */
    private First<T> before;
    /** Waits for the one after it; null where none does. */
    private First<T> waiting;

    /** @param neighbours whether one frame and the one that comes after it lie side by side */
    public JoinedDrawing(Restorer restorer, BiPredicate<T, T> neighbours) {
        this(restorer.release(), () -> restorer, neighbours);
    }

    /** @param restorer of the release, asked for with each batch */
    public JoinedDrawing(ModelRelease release, Supplier<Restorer> restorer, BiPredicate<T, T> neighbours) {
        this.restorer = restorer;
        this.release = release.file();
        this.spread = release.spread();
        this.neighbours = neighbours;
    }

    /**
     * In their order, the last of those that are added later or by {@link #finish}.
     *
     * @param inputs as many as {@code of}
     */
    public List<Drawn<T>> add(List<T> of, List<NetworkInput> inputs) {
        if (!release.scoring().joins()) {
            return drawn(of, restorer.get().restoreInputs(inputs));
        }
        List<FrameTranslator.Drawn> first = restorer.get().first(inputs);
        List<First<T>> through = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            RestoredFrame frame = first.get(i).frame();
            float[] map = DifferenceMap.own(frame, release.scoring(), spread, release.calibration());
            advance(new First<>(of.get(i), first.get(i), map)).ifPresent(through::add);
        }
        return second(through);
    }

    /** What waits for one after it, of which there is none. */
    public List<Drawn<T>> finish() {
        List<Drawn<T>> last = second(advance(null).stream().toList());
        before = null;
        return last;
    }

    /** @param next null where there is none */
    private Optional<First<T>> advance(First<T> next) {
        First<T> ready = waiting;
        waiting = next;
        if (ready == null) {
            return Optional.empty();
        }
        List<RestoredFrame.Neighbour> beside = Stream.of(laid(before, ready, before), laid(ready, next, next))
                .flatMap(Optional::stream)
                .toList();
        before = ready;
        return Optional.of(new First<>(
                ready.of,
                new FrameTranslator.Drawn(ready.drawing.frame().beside(beside), ready.drawing.foreground()),
                ready.map));
    }

    /** The one of two that is meant, laid on the other's grid; empty where they are no neighbours. */
    private Optional<RestoredFrame.Neighbour> laid(First<T> one, First<T> following, First<T> meant) {
        if (one == null || following == null) {
            return Optional.empty();
        }
        RestoredFrame from = meant.drawing.frame();
        RestoredFrame onto = (meant == one ? following : one).drawing.frame();
        return neighbours.test(one.of, following.of)
                ? from.grid()
                        .onto(onto.grid(), meant.map)
                        .map(map -> new RestoredFrame.Neighbour(from.frame().reference(), map))
                : Optional.empty();
    }

    private List<Drawn<T>> second(List<First<T>> through) {
        if (through.isEmpty()) {
            return List.of();
        }
        List<RestoredFrame> restored =
                restorer.get().second(through.stream().map(First::drawing).toList());
        return drawn(through.stream().map(First::of).toList(), restored);
    }

    private static <T> List<Drawn<T>> drawn(List<T> of, List<RestoredFrame> restored) {
        List<Drawn<T>> drawn = new ArrayList<>();
        for (int i = 0; i < restored.size(); i++) {
            drawn.add(new Drawn<>(of.get(i), restored.get(i)));
        }
        return drawn;
    }
}
