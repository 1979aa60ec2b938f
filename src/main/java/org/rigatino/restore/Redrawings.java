package org.rigatino.restore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.rigatino.restore.FirstDrawing.Joined;
import org.rigatino.restore.JoinedDrawing.Drawn;

/**
 * Draws again what departs in frames that were drawn once, in batches that are full: frames in which something departs wait for others,
 * and those after them for their turn. Holds twice as many frames as the network sees at once at most, and of large ones fewer. What becomes of a frame
 * does not depend on those beside it. For one release, and one thread at a time, which may be another than draws first.
 *
 * @param <T> whatever a frame is known by
 */
public final class Redrawings<T> {
    /** Of frames that wait: eight of 512x512. */
    private static final int MOST_PIXELS = 2 * 1024 * 1024;

    private record Waiting<T>(T of, FrameTranslator.Drawn drawn, Optional<SecondPass.Blanked> blanked) {}

    private final Supplier<Restorer> restorer;
    private final ToLongFunction<List<T>> kept;
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private int blanked;

    /**
     * @param restorer of the release, asked for with each batch
     * @param kept beside the pixels of frames that wait together, in pixels that take as much memory
     */
    public Redrawings(Supplier<Restorer> restorer, ToLongFunction<List<T>> kept) {
        this.restorer = restorer;
        this.kept = kept;
    }

    /** Those that are through, in the order in which they came. */
    public List<Drawn<T>> add(List<Joined<T>> frames) {
        Restorer drawing = restorer.get();
        List<Drawn<T>> through = new ArrayList<>();
        for (Joined<T> frame : frames) {
            Optional<SecondPass.Blanked> departs = drawing.departs(frame);
            waiting.add(new Waiting<>(frame.of(), frame.drawn(), departs));
            blanked += departs.isPresent() ? 1 : 0;
            if (blanked == drawing.batch() || waiting.size() >= 2 * drawing.batch() || weight() >= MOST_PIXELS) {
                through.addAll(redraw(drawing));
            }
        }
        while (!waiting.isEmpty() && waiting.element().blanked.isEmpty()) {
            Waiting<T> first = waiting.remove();
            through.add(new Drawn<>(first.of, first.drawn.frame()));
        }
        return through;
    }

    private long weight() {
        long pixels = waiting.stream()
                .mapToLong(frame -> frame.drawn.frame().frame().values().length)
                .sum();
        return pixels + kept.applyAsLong(waiting.stream().map(Waiting::of).toList());
    }

    /** What is left. */
    public List<Drawn<T>> finish() {
        return waiting.isEmpty() ? List.of() : redraw(restorer.get());
    }

    private List<Drawn<T>> redraw(Restorer drawing) {
        List<RestoredFrame> again = drawing.again(
                waiting.stream().flatMap(frame -> frame.blanked.stream()).toList());
        List<Drawn<T>> through = new ArrayList<>();
        int next = 0;
        for (Waiting<T> frame : waiting) {
            through.add(new Drawn<>(frame.of, frame.blanked.isPresent() ? again.get(next++) : frame.drawn.frame()));
        }
        waiting.clear();
        blanked = 0;
        return through;
    }
}
