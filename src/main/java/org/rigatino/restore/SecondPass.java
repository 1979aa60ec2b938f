package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Draws again what departs from health, where the release asks for it. */
final class SecondPass {
    private final ReleaseFile file;
    private final float[] spread;
    private final int batch;

    /** @param batch images that the network sees at once */
    SecondPass(ModelRelease release, int batch) {
        this.file = release.file();
        this.spread = release.spread();
        this.batch = batch;
    }

    /**
     * A frame in which something departs.
     *
     * @param input size*size, without what departs
     * @param region size*size, true somewhere
     */
    record Blanked(FrameTranslator.Drawn drawn, float[] input, boolean[] region) {}

    /**
     * What is drawn again of a frame; empty where nothing is.
     *
     * @param own the frame's map by itself
     */
    Optional<Blanked> blanked(FrameTranslator.Drawn drawn, float[] own) {
        boolean[] region = file.redrawing() == null ? new boolean[0] : region(drawn, own);
        return any(region)
                ? Optional.of(new Blanked(drawn, Redrawing.blanked(drawn.frame().input(), region), region))
                : Optional.empty();
    }

    /** {@link DifferenceMap#own} of a frame. */
    float[] own(FrameTranslator.Drawn drawn) {
        return DifferenceMap.own(drawn.frame(), file.scoring(), spread, file.calibration());
    }

    private boolean[] region(FrameTranslator.Drawn drawn, float[] own) {
        int size = file.grid().size();
        float[] map = DifferenceMap.joined(own, drawn.frame(), file.scoring());
        return file.redrawing().region(map, file.calibration().mapThreshold(), drawn.foreground(), size);
    }

    private static boolean any(boolean[] region) {
        for (boolean cell : region) {
            if (cell) {
                return true;
            }
        }
        return false;
    }

    /**
     * In their order.
     *
     * @param draw what the network makes of a batch, batch*size*size
     */
    List<RestoredFrame> over(List<Blanked> blanked, UnaryOperator<float[]> draw) {
        List<RestoredFrame> frames = new ArrayList<>();
        for (int from = 0; from < blanked.size(); from += batch) {
            List<Blanked> some = blanked.subList(from, Math.min(from + batch, blanked.size()));
            float[] made = draw.apply(inRow(some));
            for (int i = 0; i < some.size(); i++) {
                frames.add(redrawn(some.get(i), made, i));
            }
        }
        return frames;
    }

    /** One after another, blank images after the last. */
    private float[] inRow(List<Blanked> images) {
        int cells = file.grid().size() * file.grid().size();
        float[] values = new float[batch * cells];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i).input, 0, values, i * cells, cells);
        }
        return values;
    }

    private RestoredFrame redrawn(Blanked blanked, float[] made, int i) {
        int cells = blanked.input.length;
        float[] values = new float[cells];
        System.arraycopy(made, i * cells, values, 0, cells);
        RestoredFrame frame = blanked.drawn.frame();
        boolean[] foreground = blanked.drawn.foreground();
        FrameTranslator.requireFinite(values, frame.critic(), frame.frame());
        Redrawing redrawing = file.redrawing();
        float[] shown = redrawing.shown(
                values,
                frame.restored(),
                blanked.region,
                foreground,
                file.grid().size());
        return frame.with(new Redrawn(shown, blanked.region, foreground, redrawing.detail()));
    }
}
