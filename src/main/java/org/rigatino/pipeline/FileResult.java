package org.rigatino.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rigatino.restore.Refusal;
import org.rigatino.rule.Ruling;

/**
 * What a file came to: it has failed where any of its frames has, else it is restored where any of them is, else refused.
 * Holds no pixels. Safe for use by several threads.
 */
public final class FileResult {
    private final SourceFile file;
    private final FrameRefusals refusals = new FrameRefusals();
    private final List<FrameResult> frames = new ArrayList<>();
    private final List<Path> kept = new ArrayList<>();
    private Ruling ruling;
    private String cause;
    /** Frames that are to be drawn yet, and one while it is read. */
    private int underWay = 1;

    FileResult(SourceFile file) {
        this.file = file;
    }

    public SourceFile file() {
        return file;
    }

    /** Those that are restored, by their numbers; empty where the file has failed. */
    public synchronized List<FrameResult> frames() {
        return cause == null
                ? frames.stream()
                        .sorted(Comparator.comparingInt(
                                frame -> frame.finding().reference().frameNumber()))
                        .toList()
                : List.of();
    }

    /** Of its frames that no release takes. */
    public synchronized FrameRefusals refusals() {
        return refusals;
    }

    /** Why it has failed: of no patient a word. */
    public synchronized Optional<String> cause() {
        return Optional.ofNullable(cause);
    }

    /** All objects that were kept of it, before it failed too. */
    public synchronized List<Path> kept() {
        return List.copyOf(kept);
    }

    /** What the rules of the house say of it; empty where its header could not be read. */
    public synchronized Optional<Ruling> ruling() {
        return Optional.ofNullable(ruling);
    }

    synchronized void ruled(Ruling said) {
        ruling = said;
    }

    synchronized void eligible() {
        underWay++;
    }

    /** @return whether nothing of the file is under way any more */
    synchronized boolean through() {
        return --underWay == 0;
    }

    /** Frames {@code first} to {@code last}, 1-based. */
    synchronized void refused(int first, int last, Refusal refusal) {
        refusals.add(first, last, refusal);
    }

    synchronized void keep(Path object) {
        kept.add(object);
    }

    synchronized void restored(FrameResult frame) {
        frames.add(frame);
    }

    synchronized void failed(String why) {
        cause = cause == null ? why : cause;
    }

    synchronized boolean hasFailed() {
        return cause != null;
    }
}
