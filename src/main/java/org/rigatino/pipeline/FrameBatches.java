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

        /** Pixels that take the memory of its header. */
        long headerWeight() {
            return header.memory() / BYTES_OF_PIXEL;
        }

        /** Its pixels, and those of {@link #headerWeight}. */
        long weight() {
            return (long) frame().rows() * frame().columns() + headerWeight();
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
     * @param mostPixels of {@link #weight} after which a batch is handed over with fewer frames
     */
    FrameBatches(int size, int mostPixels, Sink sink) {
        this.size = size;
        this.mostPixels = mostPixels;
        this.sink = sink;
    }

    void add(ModelRelease release, WaitingFrame frame) throws StageException {
        Batch batch = batches.computeIfAbsent(release.digest(), digest -> new Batch(release, new ArrayList<>()));
        batch.frames().add(frame);
        if (batch.frames().size() == size || weight(batch.frames()) >= mostPixels) {
            batches.remove(release.digest());
            sink.take(release, batch.frames());
        }
    }

    /** In pixels: theirs, and as many as take the memory of the headers that wait with them. */
    static int weight(List<WaitingFrame> frames) {
        Set<Dataset> headers = Collections.newSetFromMap(new IdentityHashMap<>());
        frames.forEach(waiting -> headers.add(waiting.header()));
        long bytes = headers.stream().mapToLong(Dataset::memory).sum();
        long pixels = frames.stream()
                .mapToLong(waiting ->
                        (long) waiting.frame().rows() * waiting.frame().columns())
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, pixels + bytes / BYTES_OF_PIXEL);
    }

    /** The same, each header counted with each of its frames: what frames take together however they are batched. */
    static long weightOfEach(List<WaitingFrame> frames) {
        return frames.stream().mapToLong(WaitingFrame::weight).sum();
    }

    /** Hands over what is left. */
    void finish() throws StageException {
        for (Batch batch : batches.values()) {
            sink.take(batch.release(), batch.frames());
        }
        batches.clear();
    }
}
