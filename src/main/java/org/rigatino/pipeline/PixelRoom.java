package org.rigatino.pipeline;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.dicom.Dataset;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;

/**
 * Room for the frames of batches that are under way: for their pixels, and for each of their headers as long as any of its frames is there.
 * Frames may stay when their batch has left, until a later one takes them along: they take room, and stop nobody for ever. Safe for use by several
 * threads.
 */
final class PixelRoom {
    private final long limit;
    /** How many frames of each are under way. */
    private final Map<Dataset, Integer> headers = new IdentityHashMap<>();

    private long pixels;
    private long headerPixels;
    private int batches;

    /**
     * @param limit pixels at once, and of headers as {@link FrameBatches#weight(Dataset)} counts them; a batch for which there is no room enters where no
     *     other is under way
     */
    PixelRoom(long limit) {
        this.limit = limit;
    }

    /** Waits until there is room. */
    synchronized void enter(List<WaitingFrame> frames) throws InterruptedException {
        while (batches > 0 && !hasRoom(frames)) {
            wait();
        }
        for (WaitingFrame frame : frames) {
            pixels += frame.pixels();
            if (headers.merge(frame.header(), 1, Integer::sum) == 1) {
                headerPixels += FrameBatches.weight(frame.header());
            }
        }
        batches++;
    }

    /** A header that is there already, however large, takes no more: those that bring none ask for their pixels alone. */
    private boolean hasRoom(List<WaitingFrame> frames) {
        long all = pixels + FrameBatches.pixels(frames);
        long brought = FrameBatches.headers(frames).stream()
                .filter(header -> !headers.containsKey(header))
                .mapToLong(FrameBatches::weight)
                .sum();
        return all <= limit && (brought == 0 || all + headerPixels + brought <= limit);
    }

    /** A batch is through its stages. @param through frames that leave with it */
    synchronized void leave(List<WaitingFrame> through) {
        for (WaitingFrame frame : through) {
            pixels -= frame.pixels();
            if (headers.merge(frame.header(), -1, Integer::sum) == 0) {
                headers.remove(frame.header());
                headerPixels -= FrameBatches.weight(frame.header());
            }
        }
        batches--;
        notifyAll();
    }

    synchronized void awaitEmpty() throws InterruptedException {
        while (batches > 0) {
            wait();
        }
    }
}
