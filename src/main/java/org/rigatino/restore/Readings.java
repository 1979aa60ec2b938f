package org.rigatino.restore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.sagan.Reader;

/**
 * Reads images and their drawings together. Every batch that the network sees has the same number of images, the last ones
 * blank where frames are fewer.
 */
final class Readings {
    private final ImageBlock reader;
    private final NDManager manager;
    private final int side;
    private final int batch;

    /**
     * @param manager that the weights live in
     * @param batch images that the network sees at once
     */
    Readings(ImageBlock reader, NDManager manager, int side, int batch) {
        this.reader = reader;
        this.manager = manager;
        this.side = side;
        this.batch = batch;
    }

    /** In their order; a blank frame is not read. */
    List<FrameTranslator.Drawn> over(List<FrameTranslator.Drawn> drawn) {
        List<FrameTranslator.Drawn> read = new ArrayList<>(drawn);
        List<Integer> filled = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            if (drawn.get(i).frame().grid().foregroundShare() > 0) {
                filled.add(i);
            }
        }
        for (int from = 0; from < filled.size(); from += batch) {
            read(read, filled.subList(from, Math.min(from + batch, filled.size())));
        }
        return read;
    }

    private void read(List<FrameTranslator.Drawn> drawn, List<Integer> some) {
        int cells = side * side;
        float[] images = new float[batch * cells];
        float[] restored = new float[batch * cells];
        for (int i = 0; i < some.size(); i++) {
            RestoredFrame frame = drawn.get(some.get(i)).frame();
            System.arraycopy(frame.input(), 0, images, i * cells, cells);
            System.arraycopy(frame.restored(), 0, restored, i * cells, cells);
        }
        float[] lesion = read(images, restored);
        for (int i = 0; i < some.size(); i++) {
            FrameTranslator.Drawn one = drawn.get(some.get(i));
            float[] own = new float[cells];
            System.arraycopy(lesion, i * cells, own, 0, cells);
            FrameTranslator.requireFinite(own, one.frame().critic(), one.frame().frame());
            drawn.set(some.get(i), new FrameTranslator.Drawn(one.frame().with(own), one.foreground()));
        }
    }

    /** One batch, as a frame's would be: what is loaded is tried. */
    void readBlank() {
        read(new float[batch * side * side], new float[batch * side * side]);
    }

    /** @param images any number of size*size, and {@code restored} as many; @return probabilities, likewise */
    float[] read(float[] images, float[] restored) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray input = scratch.create(
                    Reader.input(images, restored, side),
                    new Shape(images.length / (side * side), Reader.CHANNELS, side, side));
            float[] logits = reader.apply(new ParameterStore(scratch, false), input, false)
                    .toFloatArray();
            return Reader.probabilities(logits);
        }
    }
}
