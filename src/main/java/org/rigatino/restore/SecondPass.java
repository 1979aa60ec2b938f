package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
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

    private record Blanked(int at, float[] input, boolean[] region) {}

    /**
     * In their order.
     *
     * @param draw what the network makes of a batch, batch*size*size
     */
    List<RestoredFrame> over(List<FrameTranslator.Drawn> drawn, UnaryOperator<float[]> draw) {
        List<RestoredFrame> frames = new ArrayList<>();
        List<Blanked> again = new ArrayList<>();
        for (FrameTranslator.Drawn one : drawn) {
            boolean[] region = file.redrawing() == null ? new boolean[0] : region(one);
            if (any(region)) {
                again.add(
                        new Blanked(frames.size(), Redrawing.blanked(one.frame().input(), region), region));
            }
            frames.add(one.frame());
        }
        for (int from = 0; from < again.size(); from += batch) {
            List<Blanked> some = again.subList(from, Math.min(from + batch, again.size()));
            float[] made = draw.apply(inRow(some));
            for (int i = 0; i < some.size(); i++) {
                Blanked one = some.get(i);
                frames.set(
                        one.at,
                        redrawn(
                                frames.get(one.at),
                                one,
                                made,
                                i,
                                drawn.get(one.at).foreground()));
            }
        }
        return frames;
    }

    private boolean[] region(FrameTranslator.Drawn drawn) {
        int size = file.grid().size();
        float[] map = DifferenceMap.of(drawn.frame(), file.scoring(), spread, file.calibration());
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

    /** One after another, blank images after the last. */
    private float[] inRow(List<Blanked> images) {
        int cells = file.grid().size() * file.grid().size();
        float[] values = new float[batch * cells];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i).input, 0, values, i * cells, cells);
        }
        return values;
    }

    private RestoredFrame redrawn(RestoredFrame frame, Blanked blanked, float[] made, int i, boolean[] foreground) {
        int cells = blanked.input.length;
        float[] values = new float[cells];
        System.arraycopy(made, i * cells, values, 0, cells);
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
