package org.rigatino.learn.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rigatino.restore.Estimate;

/**
 * How well maps find the abnormal pixels, over all pixels of all images together. Each image is kept as counts of its
 * values, told apart to one part in 1024. Numbers are of these counts; their intervals of at most two thousand bins, each
 * with a thousandth of the normal or of the abnormal pixels: that moves an average precision by less than 0.005.
 */
public final class PixelTally {
    /** Of the share of normal pixels, in the per-region overlap. */
    public static final double OVERLAP_LIMIT = 0.3;

    private static final List<String> NAMES = List.of("pixel_auroc", "pixel_ap", "aupro");
    private static final int DROPPED_BITS = 13;
    private static final int BINS = 1024;

    /** @param keys ascending; one for each bin of {@code counts} */
    private record Image(int patient, int[] keys, PixelCounts counts, Marked marked) {}

    /** Pixels above the threshold and abnormal, above it, abnormal. */
    private record Marked(long both, long above, long abnormal) {}

    private final List<Image> images = new ArrayList<>();
    private final OptionalDouble threshold;

    /** @param threshold above which a pixel counts as marked, for Dice */
    public PixelTally(OptionalDouble threshold) {
        this.threshold = threshold;
    }

    /**
     * @param patient number from 0
     * @param map rows*columns
     * @param abnormal rows*columns, false everywhere in a normal image
     */
    public void add(int patient, float[] map, boolean[] abnormal, int columns) {
        int[] keyOf = new int[map.length];
        for (int i = 0; i < map.length; i++) {
            keyOf[i] = key(map[i]);
        }
        int[] keys = Arrays.stream(keyOf).sorted().distinct().toArray();
        PixelCounts counts = new PixelCounts(keys.length);
        for (int i = 0; i < map.length; i++) {
            (abnormal[i] ? counts.abnormal() : counts.normal())[Arrays.binarySearch(keys, keyOf[i])]++;
        }
        List<int[]> regions = Regions.of(abnormal, columns);
        for (int[] region : regions) {
            for (int pixel : region) {
                counts.overlap()[Arrays.binarySearch(keys, keyOf[pixel])] += 1.0 / region.length;
            }
        }
        PixelCounts counted = new PixelCounts(counts.normal(), counts.abnormal(), counts.overlap(), regions.size());
        images.add(new Image(patient, keys, counted, marked(map, abnormal)));
    }

    /** Of the same order as the values. */
    private static int key(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return (bits >= 0 ? bits : Integer.MIN_VALUE - bits) >> DROPPED_BITS;
    }

    private Marked marked(float[] map, boolean[] abnormal) {
        long both = 0;
        long above = 0;
        long positives = 0;
        for (int i = 0; i < map.length; i++) {
            boolean marks = threshold.isPresent() && map[i] > threshold.getAsDouble();
            both += marks && abnormal[i] ? 1 : 0;
            above += marks ? 1 : 0;
            positives += abnormal[i] ? 1 : 0;
        }
        return new Marked(both, above, positives);
    }

    /** {@code pixel_auroc}, {@code pixel_ap}, {@code aupro} and, where there is a threshold, {@code dice}. */
    public Map<String, Estimate> measure(Bootstrap bootstrap) {
        int[] fine = images.stream()
                .flatMapToInt(image -> Arrays.stream(image.keys))
                .sorted()
                .distinct()
                .toArray();
        PixelCounts all = new PixelCounts(fine.length);
        for (Image image : images) {
            all = all.plus(spread(image, fine), 1);
        }
        int[] coarse = edges(fine, all);
        PixelCounts[] patients = new PixelCounts[bootstrap.patients()];
        Arrays.setAll(patients, patient -> ofPatient(patient, coarse));
        Map<String, Estimate> measured = new LinkedHashMap<>();
        double[] numbers = numbers(all);
        Estimate[] drawn = bootstrap.estimates(times -> numbers(sum(patients, times)));
        for (int i = 0; i < NAMES.size(); i++) {
            measured.put(NAMES.get(i), new Estimate(numbers[i], drawn[i].low(), drawn[i].high()));
        }
        if (threshold.isPresent()) {
            measured.put("dice", bootstrap.estimate(this::dice));
        }
        return measured;
    }

    /** In the order of their names. */
    private static double[] numbers(PixelCounts counts) {
        return new double[] {counts.auroc(), counts.averagePrecision(), counts.regionOverlap(OVERLAP_LIMIT)};
    }

    private static PixelCounts sum(PixelCounts[] patients, int[] times) {
        PixelCounts sum = new PixelCounts(patients[0].bins());
        for (int i = 0; i < patients.length; i++) {
            sum = times[i] == 0 ? sum : sum.plus(patients[i], times[i]);
        }
        return sum;
    }

    private PixelCounts ofPatient(int patient, int[] edges) {
        PixelCounts sum = new PixelCounts(edges.length);
        for (Image image : images) {
            sum = image.patient == patient ? sum.plus(spread(image, edges), 1) : sum;
        }
        return sum;
    }

    /** The counts of an image in bins that begin at the edges. */
    private static PixelCounts spread(Image image, int[] edges) {
        PixelCounts counts = new PixelCounts(edges.length);
        for (int i = 0; i < image.keys.length; i++) {
            int found = Arrays.binarySearch(edges, image.keys[i]);
            int bin = found >= 0 ? found : -found - 2;
            counts.normal()[bin] += image.counts.normal()[i];
            counts.abnormal()[bin] += image.counts.abnormal()[i];
            counts.overlap()[bin] += image.counts.overlap()[i];
        }
        return new PixelCounts(counts.normal(), counts.abnormal(), counts.overlap(), image.counts.regions());
    }

    /** First keys of bins that hold a like share of the normal pixels, or of the abnormal ones. */
    private static int[] edges(int[] keys, PixelCounts all) {
        double normals = Arrays.stream(all.normal()).sum();
        double abnormals = Arrays.stream(all.abnormal()).sum();
        List<Integer> edges = new ArrayList<>();
        double share = 1;
        for (int i = 0; i < keys.length; i++) {
            if (share >= 1) {
                edges.add(keys[i]);
                share = 0;
            }
            share += BINS * (all.normal()[i] / normals + (abnormals == 0 ? 0 : all.abnormal()[i] / abnormals));
        }
        return edges.stream().mapToInt(Integer::intValue).toArray();
    }

    private double dice(int[] times) {
        double both = 0;
        double either = 0;
        for (Image image : images) {
            both += times[image.patient] * image.marked.both;
            either += times[image.patient] * (image.marked.above + image.marked.abnormal);
        }
        return either == 0 ? Double.NaN : 2 * both / either;
    }
}
