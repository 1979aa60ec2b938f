package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Draws frames that come as they lie, one after another, and joins the map of each with those of the one before and the one
 * after it. Holds one frame; where the release judges each slice by itself, none. What becomes of a frame depends on it and its
 * neighbours alone. For one release, and one thread at a time.
 *
 * @param <T> whatever a frame is known by
 */
public final class FirstDrawing<T> {
    /** A frame that was drawn once and knows its neighbours. @param map of the frame by itself */
    public record Joined<T>(T of, FrameTranslator.Drawn drawn, float[] map) {}

    /** @param map of the frame by itself @param before the one before it, where that is its neighbour */
    private record Waiting<T>(
            T of, FrameTranslator.Drawn drawn, float[] map, Optional<RestoredFrame.Neighbour> before) {}

    private final Supplier<Restorer> restorer;
    private final ReleaseFile release;
    private final float[] spread;
    private final BiPredicate<T, T> neighbours;
    /** For the one after it; null where none does. */
    private Waiting<T> waiting;

    /**
     * @param restorer of the release, asked for with each batch
     * @param neighbours whether one frame and the one that comes after it lie side by side
     */
    public FirstDrawing(ModelRelease release, Supplier<Restorer> restorer, BiPredicate<T, T> neighbours) {
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
    public List<Joined<T>> add(List<T> of, List<NetworkInput> inputs) {
        List<FrameTranslator.Drawn> drawn = restorer.get().first(inputs);
        List<Joined<T>> joined = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            float[] map = DifferenceMap.own(drawn.get(i).frame(), release.scoring(), spread, release.calibration());
            if (release.scoring().joins()) {
                advance(of.get(i), drawn.get(i), map).ifPresent(joined::add);
            } else {
                joined.add(new Joined<>(of.get(i), drawn.get(i), map));
            }
        }
        return joined;
    }

    /** What waits for one after it, of which there is none. */
    public List<Joined<T>> finish() {
        List<Joined<T>> last = waiting == null ? List.of() : List.of(joined(waiting, Optional.empty()));
        waiting = null;
        return last;
    }

    private Optional<Joined<T>> advance(T of, FrameTranslator.Drawn drawn, float[] map) {
        Waiting<T> ready = waiting;
        boolean beside = ready != null && neighbours.test(ready.of, of);
        Optional<RestoredFrame.Neighbour> before =
                beside ? laid(ready.drawn.frame(), ready.map, drawn.frame()) : Optional.empty();
        Optional<RestoredFrame.Neighbour> after =
                beside ? laid(drawn.frame(), map, ready.drawn.frame()) : Optional.empty();
        waiting = new Waiting<>(of, drawn, map, before);
        return Optional.ofNullable(ready).map(frame -> joined(frame, after));
    }

    /** Empty where one cannot be laid on the other. */
    private static Optional<RestoredFrame.Neighbour> laid(RestoredFrame from, float[] map, RestoredFrame onto) {
        return from.grid()
                .onto(onto.grid(), map)
                .map(laid -> new RestoredFrame.Neighbour(from.frame().reference(), laid));
    }

    private static <T> Joined<T> joined(Waiting<T> frame, Optional<RestoredFrame.Neighbour> after) {
        List<RestoredFrame.Neighbour> beside =
                Stream.of(frame.before, after).flatMap(Optional::stream).toList();
        return new Joined<>(
                frame.of,
                new FrameTranslator.Drawn(frame.drawn.frame().beside(beside), frame.drawn.foreground()),
                frame.map);
    }
}
