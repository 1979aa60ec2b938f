package org.rigatino.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.image.Frame;

/** How well difference maps find the abnormal pixels, at the images' own resolution. */
final class PixelMetrics {
    private final double threshold;
    private final List<float[]> maps = new ArrayList<>();
    private final List<boolean[]> masks = new ArrayList<>();
    private final RegionOverlap overlap = new RegionOverlap();

    /** @param threshold of the map, for Dice */
    PixelMetrics(double threshold) {
        this.threshold = threshold;
    }

    /** @param mask 0 where normal */
    void add(float[] map, Frame mask, Frame frame) {
        if (mask.rows() != frame.rows() || mask.columns() != frame.columns()) {
            throw new IllegalArgumentException(
                    "the mask of " + frame.reference().sopInstanceUid() + " is " + mask.rows() + "x" + mask.columns()
                            + ", its image " + frame.rows() + "x" + frame.columns());
        }
        boolean[] abnormal = new boolean[map.length];
        for (int i = 0; i < abnormal.length; i++) {
            abnormal[i] = mask.values()[i] > 0;
        }
        add(map, abnormal, frame.columns());
    }

    void addNormal(float[] map, Frame frame) {
        add(map, new boolean[map.length], frame.columns());
    }

    private void add(float[] map, boolean[] abnormal, int columns) {
        maps.add(map);
        masks.add(abnormal);
        overlap.add(map, abnormal, columns);
    }

    /** Empty where no image has a mask. */
    Map<String, Object> report() {
        int count = maps.stream().mapToInt(map -> map.length).sum();
        float[] scores = new float[count];
        boolean[] abnormal = new boolean[count];
        int at = 0;
        for (int i = 0; i < maps.size(); i++) {
            System.arraycopy(maps.get(i), 0, scores, at, maps.get(i).length);
            System.arraycopy(masks.get(i), 0, abnormal, at, maps.get(i).length);
            at += maps.get(i).length;
        }
        Ranking ranking = Ranking.of(scores, abnormal);
        Map<String, Object> report = new LinkedHashMap<>();
        if (Evaluation.put(report, "pixel_auroc", ranking.auroc())) {
            Evaluation.put(report, "pixel_ap", ranking.averagePrecision());
            Evaluation.put(report, "aupro", overlap.area());
            Evaluation.put(report, "dice", dice(scores, abnormal, threshold));
        }
        return report;
    }

    /** Over all pixels of all images together. */
    static double dice(float[] scores, boolean[] abnormal, double threshold) {
        long both = 0;
        long either = 0;
        for (int i = 0; i < scores.length; i++) {
            boolean marked = scores[i] > threshold;
            both += marked && abnormal[i] ? 1 : 0;
            either += (marked ? 1 : 0) + (abnormal[i] ? 1 : 0);
        }
        return either == 0 ? Double.NaN : 2.0 * both / either;
    }
}
