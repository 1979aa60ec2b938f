package org.rigatino.finding;

import boofcv.alg.filter.binary.BinaryImageOps;
import boofcv.alg.filter.binary.Contour;
import boofcv.struct.ConnectRule;
import boofcv.struct.image.GrayS32;
import boofcv.struct.image.GrayU8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where one frame departs from normal.
 *
 * @param labels rows*columns, row-major: label of the region that a pixel belongs to, 0 for none
 * @param regions those with the highest departure first
 */
public record Regions(int[] labels, List<Region> regions) {
    /**
     * @param map rows*columns of departures
     * @param level a pixel belongs to a region where its departure is this or more
     */
    public static Regions of(float[] map, int rows, int columns, double level) {
        GrayU8 above = new GrayU8(columns, rows);
        for (int i = 0; i < map.length; i++) {
            above.data[i] = (byte) (map[i] >= level ? 1 : 0);
        }
        GrayS32 labels = new GrayS32(columns, rows);
        List<Contour> contours = BinaryImageOps.contour(above, ConnectRule.EIGHT, labels);
        List<Region> regions = measure(map, labels.data, rows, columns, contours);
        regions.sort(Comparator.comparingDouble(Region::highest).reversed().thenComparingInt(Region::label));
        return new Regions(labels.data, List.copyOf(regions));
    }

    private static List<Region> measure(float[] map, int[] labels, int rows, int columns, List<Contour> contours) {
        int[] pixels = new int[contours.size() + 1];
        double[] sums = new double[pixels.length];
        double[] highest = new double[pixels.length];
        for (int i = 0; i < map.length; i++) {
            pixels[labels[i]]++;
            sums[labels[i]] += map[i];
            highest[labels[i]] = Math.max(highest[labels[i]], map[i]);
        }
        List<Region> regions = new ArrayList<>();
        Map<Integer, Outline> outlines = Outline.of(labels, rows, columns);
        for (Contour contour : contours) {
            List<Region.Pixel> outer = contour.external.stream()
                    .map(point -> new Region.Pixel(point.y, point.x))
                    .toList();
            int label = labels[outer.get(0).row() * columns + outer.get(0).column()];
            regions.add(new Region(
                    label, pixels[label], highest[label], sums[label] / pixels[label], outer, outlines.get(label)));
        }
        return regions;
    }
}
