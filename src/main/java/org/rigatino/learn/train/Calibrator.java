package org.rigatino.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
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
        int size() {
            return withMirrored.size() / 2;
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

    /** What an image is judged by: of each image by itself, also where maps are joined. */
    record Judge(float[] spread, double usualLevel) {}

    private Judge judge(Seen seen, IntPredicate images) {
        List<Evidence> plain = new ArrayList<>();
        List<Evidence> withMirrored = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            if (images.test(i)) {
                plain.add(seen.plain(i));
                withMirrored.addAll(List.of(seen.plain(i), seen.mirrored(i)));
            }
        }
        float[] spread = spread(withMirrored);
        return new Judge(spread, usualLevel(plain, spread));
    }

    /**
     * Of each image what it is judged by as a new one will be: what the images of all other patients show. Those of one
     * patient alone judge themselves.
     *
     * @param patients of each image its patient
     */
    List<Judge> judges(Seen seen, List<String> patients) {
        Set<String> all = Set.copyOf(patients);
        Map<String, Judge> judges = new HashMap<>();
        for (String patient : all) {
            judges.put(
                    patient,
                    judge(seen, image -> all.size() == 1 || !patients.get(image).equals(patient)));
        }
        return patients.stream().map(judges::get).toList();
    }

    /** Of one image. */
    double score(Seen seen, int image, JoinedMaps maps, Judge judge) {
        return DifferenceMap.topMean(map(seen, image, maps, judge), scoring.topShare());
    }

    private float[] map(Seen seen, int image, JoinedMaps maps, Judge judge) {
        return maps.of(image, one -> seen.plain(one).map(judge.spread(), scoring, judge.usualLevel()));
    }

    /**
     * @param normals none of which the network has learnt from
     * @param patients of each of them its patient
     */
    public Calibrated calibrate(List<TrainingImage> normals, List<String> patients, Restoration restoration) {
        Seen seen = see(normals, restoration);
        return calibrate(seen, JoinedMaps.none(scoring), judges(seen, patients));
    }

    /** What is shipped is of all images, scores of each by what others show. */
    Calibrated calibrate(Seen seen, JoinedMaps maps, List<Judge> judges) {
        Judge shipped = judge(seen, image -> true);
        double[] scores = new double[seen.size()];
        float[] cells = new float[seen.size() * size * size];
        for (int i = 0; i < scores.length; i++) {
            float[] map = map(seen, i, maps, judges.get(i));
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
                shipped.spread(),
                new Calibration(sorted, specificity, scores[at], mapThreshold, standard, shipped.usualLevel()),
                null);
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
