package org.rigatino.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.image.Frame;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NetworkInput;

/** Frames of several instances that go through a network together. Holds at most one batch a release. */
final class FrameBatches {
    /** @param header of the file that the frame is from */
    record WaitingFrame(FileResult file, Dataset header, NetworkInput input) {
        Frame frame() {
            return input.frame();
        }

        long pixels() {
            return (long) frame().rows() * frame().columns();
        }
    }

    /** Takes a batch of one release. */
    @FunctionalInterface
    interface Sink {
        void take(ModelRelease release, List<WaitingFrame> batch) throws StageException;
    }

    private record Batch(ModelRelease release, List<WaitingFrame> frames) {}

    /** That a pixel under way takes. */
    private static final int BYTES_OF_PIXEL = 15;

    private final int size;
    private final int mostPixels;
    private final Sink sink;
    private final Map<String, Batch> batches = new HashMap<>();

    /**
     * @param size frames of a batch
     * @param mostPixels of its frames after which a batch is handed over before it is full, and of its {@link #weight(List)} when a file has been
     *     read
     */
    FrameBatches(int size, int mostPixels, Sink sink) {
        this.size = size;
        this.mostPixels = mostPixels;
        this.sink = sink;
    }

    void add(ModelRelease release, WaitingFrame frame) throws StageException {
        Batch batch = batches.computeIfAbsent(release.digest(), digest -> new Batch(release, new ArrayList<>()));
        batch.frames().add(frame);
        if (batch.frames().size() == size || pixels(batch.frames()) >= mostPixels) {
            batches.remove(release.digest());
            sink.take(release, batch.frames());
        }
    }

    /** No more frames of the file come: what waits with large headers waits for no other file. */
    void fileRead() throws StageException {
        List<Batch> heavy = batches.values().stream()
                .filter(batch -> weight(batch.frames()) >= mostPixels)
                .toList();
        for (Batch batch : heavy) {
            batches.remove(batch.release().digest());
            sink.take(batch.release(), batch.frames());
        }
    }

    /** In pixels: theirs, and as many as take the memory of their headers, each once. */
    static long weight(List<WaitingFrame> frames) {
        return pixels(frames)
                + headers(frames).stream().mapToLong(FrameBatches::weight).sum();
    }

    /** Pixels that take the memory of their headers where those are several; one is in memory with any of its frames. */
    static long severalHeaders(List<WaitingFrame> frames) {
        Set<Dataset> headers = headers(frames);
        return headers.size() > 1
                ? headers.stream().mapToLong(FrameBatches::weight).sum()
                : 0;
    }

    static long pixels(List<WaitingFrame> frames) {
        return frames.stream().mapToLong(WaitingFrame::pixels).sum();
    }

    /** Each once, however many of its frames are there. */
    static Set<Dataset> headers(List<WaitingFrame> frames) {
        Set<Dataset> headers = Collections.newSetFromMap(new IdentityHashMap<>());
        frames.forEach(frame -> headers.add(frame.header()));
        return headers;
    }

    /** Pixels that take the memory of a header. */
    static long weight(Dataset header) {
        return header.memory() / BYTES_OF_PIXEL;
    }

    /** Hands over what is left. */
    void finish() throws StageException {
        for (Batch batch : batches.values()) {
            sink.take(batch.release(), batch.frames());
        }
        batches.clear();
    }
}
