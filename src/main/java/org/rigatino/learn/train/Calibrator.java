package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.Evidence;
import org.rigatino.restore.Restoration;
import org.rigatino.restore.Scoring;

/** Learns from held-back normal images how large differences are where, and what scores they get. */
public record Calibrator(Scoring scoring, int size, double specificity) {
    /** Of the grid's mean spread, added in squares to that of each cell. */
    private static final double FLOOR = 1.5;
    /** In cells: what one image does in one cell says something of its neighbours. */
    private static final double SPREAD_SMOOTHING = 2;
    /** Share of the normals' cells that stay unmarked. */
    private static final double MAP_SPECIFICITY = 0.99;

    /** What images show and their mirror images, which no release treats differently. */
    public List<Evidence> evidence(List<TrainingImage> images, Restoration restoration, boolean mirrored) {
        List<Evidence> evidence = new ArrayList<>();
        for (TrainingImage image : images) {
            evidence.add(evidence(image, restoration));
            if (mirrored) {
                evidence.add(evidence(image.mirrored(size), restoration));
            }
        }
        return evidence;
    }

    private Evidence evidence(TrainingImage image, Restoration restoration) {
        float[] restored = restoration.restore(image.values());
        return Evidence.of(image.values(), restored, restoration.reading(image.values(), restored), scoring, size);
    }

    /**
     * Root mean square at each cell, smoothed, and never far below the grid's mean: held-back normals are few, and where
     * all of them happen to be calm a small difference says little.
     */
    public float[] spread(List<Evidence> evidence) {
        float[] spread = new float[scoring.planes() * size * size];
        for (int plane = 0; plane < scoring.planes(); plane++) {
            float[] cells = spread(evidence, plane * size * size);
            System.arraycopy(cells, 0, spread, plane * size * size, cells.length);
        }
        return spread;
    }

    private float[] spread(List<Evidence> evidence, int from) {
        float[] squares = new float[size * size];
        for (Evidence one : evidence) {
            float[] difference = one.differences();
            for (int i = 0; i < squares.length; i++) {
                squares[i] += difference[from + i] * difference[from + i] / evidence.size();
            }
        }
        float[] spread = DifferenceMap.gaussian(squares, size, SPREAD_SMOOTHING);
        double mean = 0;
        for (float square : spread) {
            mean += Math.sqrt(square) / spread.length;
        }
        double floor = Math.max(FLOOR * mean, Float.MIN_NORMAL);
        for (int i = 0; i < spread.length; i++) {
            spread[i] = (float) Math.sqrt(spread[i] + floor * floor);
        }
        return spread;
    }

    /** Of one image. */
    double score(Evidence evidence, float[] spread, double usualLevel) {
        return DifferenceMap.topMean(evidence.map(spread, scoring, usualLevel), scoring.topShare());
    }

    /** Median of the images' levels; 0 where the scoring does not look at it. */
    double usualLevel(List<Evidence> evidence, float[] spread) {
        if (scoring.ownLevel() == 0) {
            return 0;
        }
        double[] levels = evidence.stream()
                .mapToDouble(one -> DifferenceMap.level(one.differences(), spread, size * size, scoring))
                .sorted()
                .toArray();
        return levels[levels.length / 2];
    }

    /**
     * What is seen of normal images, each drawn once as it is and once mirrored.
     *
     * @param withMirrored each image's and then its mirror image's
     * @param logits of the critic, an image each; empty where the scoring gives it no weight
     */
    record Seen(List<Evidence> withMirrored, double[] logits) {
        List<Evidence> plain() {
            return IntStream.range(0, withMirrored.size() / 2)
                    .mapToObj(this::plain)
                    .toList();
        }

        Evidence plain(int image) {
            return withMirrored.get(2 * image);
        }

        Evidence mirrored(int image) {
            return withMirrored.get(2 * image + 1);
        }
    }

    Seen see(List<TrainingImage> normals, Restoration restoration) {
        return new Seen(
                evidence(normals, restoration, true),
                scoring.criticWeight() == 0 ? new double[0] : logits(normals, restoration));
    }

    private double[] logits(List<TrainingImage> normals, Restoration restoration) {
        return normals.stream()
                .mapToDouble(image -> restoration
                        .critic(image.values())
                        .orElseThrow(() -> new IllegalArgumentException("the scoring gives the critic a weight of "
                                + scoring.criticWeight() + " but there is no critic: train with --release-critic")))
                .toArray();
    }

    /** @param normals none of which the network has learnt from */
    public Calibrated calibrate(List<TrainingImage> normals, Restoration restoration) {
        return calibrate(see(normals, restoration), JoinedMaps.none(scoring));
    }

    /** Spread and usual level are of each image by itself, all else of maps among their neighbours'. */
    Calibrated calibrate(Seen seen, JoinedMaps maps) {
        float[] spread = spread(seen.withMirrored());
        List<Evidence> images = seen.plain();
        double usualLevel = usualLevel(images, spread);
        double[] scores = new double[images.size()];
        float[] cells = new float[images.size() * size * size];
        for (int i = 0; i < scores.length; i++) {
            float[] map = maps.of(i, image -> images.get(image).map(spread, scoring, usualLevel));
            scores[i] = DifferenceMap.topMean(map, scoring.topShare());
            System.arraycopy(map, 0, cells, i * size * size, size * size);
        }
        Calibration.Standard standard = scoring.criticWeight() == 0 ? null : standardise(scores, seen.logits());
        Arrays.sort(scores);
        Arrays.sort(cells);
        int at = Math.min((int) Math.ceil(specificity * scores.length), scores.length - 1);
        List<Double> sorted = Arrays.stream(scores).boxed().toList();
        double mapThreshold = cells[(int) (MAP_SPECIFICITY * (cells.length - 1))];
        return new Calibrated(
                spread, new Calibration(sorted, specificity, scores[at], mapThreshold, standard, usualLevel), null);
    }

    /** Adds the critic's doubt to the scores. */
    private Calibration.Standard standardise(double[] scores, double[] logits) {
        Calibration.Standard standard =
                new Calibration.Standard(mean(scores), deviation(scores), mean(logits), deviation(logits));
        for (int i = 0; i < scores.length; i++) {
            scores[i] = standard.score(scores[i], logits[i], scoring.criticWeight());
        }
        return standard;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
