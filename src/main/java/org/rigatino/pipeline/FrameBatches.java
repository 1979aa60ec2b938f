package org.rigatino.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    }

    /** Takes a batch of one release. */
    @FunctionalInterface
    interface Sink {
        void take(ModelRelease release, List<WaitingFrame> batch) throws StageException;
    }

    private record Batch(ModelRelease release, List<WaitingFrame> frames) {}

    private final int size;
    private final int mostPixels;
    private final Sink sink;
    private final Map<String, Batch> batches = new HashMap<>();

    /**
     * @param size frames of a batch
     * @param mostPixels after which a batch is handed over with fewer frames
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

    static int pixels(List<WaitingFrame> frames) {
        return frames.stream()
                .mapToInt(waiting -> waiting.frame().rows() * waiting.frame().columns())
                .sum();
    }

    /** Hands over what is left. */
    void finish() throws StageException {
        for (Batch batch : batches.values()) {
            sink.take(batch.release(), batch.frames());
        }
        batches.clear();
    }
}
