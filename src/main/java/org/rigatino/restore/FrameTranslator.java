package org.rigatino.restore;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.rigatino.image.Frame;

/**
 * Frames to the network's input and its output back to frames. Every batch that the network sees has the same number of
 * images, the last ones blank where frames are fewer, so that what becomes of a frame does not depend on how many came
 * with it.
 */
final class FrameTranslator implements NoBatchifyTranslator<List<NetworkInput>, List<FrameTranslator.Drawn>> {
    private static final String INPUTS = "inputs";

    private final ReleaseFile.Grid grid;
    private final int batch;

    /** @param batch images that the network sees at once, frames come in at most as many */
    FrameTranslator(ReleaseFile file, int batch) {
        grid = file.grid();
        this.batch = batch;
    }

    /**
     * @param frame drawn once
     * @param foreground size*size: what lies inside the patient
     */
    record Drawn(RestoredFrame frame, boolean[] foreground) {}

    @Override
    public NDList processInput(TranslatorContext context, List<NetworkInput> inputs) {
        int cells = grid.size() * grid.size();
        float[] values = new float[batch * cells];
        for (int i = 0; i < inputs.size(); i++) {
            System.arraycopy(inputs.get(i).normalised().values(), 0, values, i * cells, cells);
        }
        context.setAttachment(INPUTS, inputs);
        return new NDList(context.getNDManager().create(values, new Shape(batch, 1, grid.size(), grid.size())));
    }

    @Override
    public List<Drawn> processOutput(TranslatorContext context, NDList list) {
        int cells = grid.size() * grid.size();
        float[] values = list.get(0).toFloatArray();
        float[] logits = list.size() > 1 ? list.get(1).toFloatArray() : new float[0];
        List<Drawn> restored = new ArrayList<>();
        @SuppressWarnings("unchecked")
        List<NetworkInput> inputs = (List<NetworkInput>) context.getAttachment(INPUTS);
        for (NetworkInput input : inputs) {
            int at = restored.size();
            boolean blank = input.grid().foregroundShare() == 0;
            float[] seen = input.normalised().values();
            float[] drawn = blank ? seen.clone() : Arrays.copyOfRange(values, at * cells, (at + 1) * cells);
            OptionalDouble critic = blank ? OptionalDouble.empty() : mean(logits, at, batch);
            requireFinite(drawn, critic, input.frame());
            restored.add(new Drawn(
                    new RestoredFrame(
                            input.frame(),
                            input.grid(),
                            seen,
                            drawn,
                            critic,
                            input.normalised().range()),
                    input.normalised().foreground()));
        }
        return restored;
    }

    /** What is not a number would rank lowest and be shown as healthy. */
    static void requireFinite(float[] drawn, OptionalDouble critic, Frame frame) {
        boolean finite = Double.isFinite(critic.orElse(0));
        for (float value : drawn) {
            finite &= Float.isFinite(value);
        }
        if (!finite) {
            throw new RestorerException(
                    "the network's output for frame "
                            + frame.reference().frameNumber() + " of instance "
                            + frame.reference().sopInstanceUid()
                            + " is not finite: the weights are damaged, or the device is",
                    null);
        }
    }

    /** Of one image's part; empty where there is none. */
    static OptionalDouble mean(float[] logits, int at, int batch) {
        int each = logits.length / batch;
        return IntStream.range(at * each, (at + 1) * each)
                .mapToDouble(i -> logits[i])
                .average();
    }

    @Override
    public Batchifier getBatchifier() {
        return null;
    }
}
