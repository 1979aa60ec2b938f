package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.rigatino.finding.Neighbours;
import org.rigatino.finding.PlacedScore;
import org.rigatino.finding.SlicePlace;
import org.rigatino.learn.metric.Bootstrap;
import org.rigatino.learn.metric.Ranking;
import org.rigatino.learn.train.Manifest;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.NormalStudies;

/**
 * A cohort's patients as studies, where its manifest says which slice of a series an image is. A patient with a lesion is
 * a series with a lesion, all slices of it; the same patient's slices that lie two and more away from a lesion are a
 * lesion-free series, where there are five at least. A series scores as its release says, or as its highest slice does.
 */
final class Studies {
    private final int[][] withLesion;
    private final int[][] lesionFree;
    /** Slices with a lesion, in the series' order. */
    private final int[][] lesions;

    private final Cohort cohort;
    private final Bootstrap bootstrap;

    private Studies(Cohort cohort) {
        this.cohort = cohort;
        bootstrap = cohort.bootstrap();
        withLesion = new int[cohort.patients()][];
        lesionFree = new int[cohort.patients()][];
        lesions = new int[cohort.patients()][];
        for (int patient = 0; patient < cohort.patients(); patient++) {
            int[] all = images(cohort, patient, image -> true);
            int[] free = images(cohort, patient, image -> cohort.slice(image).isAway());
            withLesion[patient] = Arrays.stream(all).anyMatch(cohort::abnormal) ? all : new int[0];
            lesions[patient] = Arrays.stream(all)
                    .filter(cohort::abnormal)
                    .boxed()
                    .sorted(Comparator.comparingInt(image -> cohort.slice(image).number()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            lesionFree[patient] = free.length >= Manifest.FEWEST_OF_A_SERIES ? free : new int[0];
        }
    }

    /** Null where the cohort has no series. */
    static Studies of(Cohort cohort) {
        return cohort.hasSeries() ? new Studies(cohort) : null;
    }

    private static int[] images(Cohort cohort, int patient, IntPredicate among) {
        return IntStream.range(0, cohort.size())
                .filter(image -> cohort.patient(image) == patient && among.test(image))
                .toArray();
    }

    int withLesion() {
        return count(withLesion);
    }

    int lesionFree() {
        return count(lesionFree);
    }

    private static int count(int[][] series) {
        return (int) Arrays.stream(series).filter(slices -> slices.length > 0).count();
    }

    /** By name: the ranking, and where there is a threshold what is flagged by it. */
    Map<String, Estimate> of(Scores scores) {
        Map<String, Estimate> measured = new LinkedHashMap<>();
        numbers(scores).forEach((name, number) -> measured.put(name, bootstrap.estimate(number::applyAsDouble)));
        return measured;
    }

    private Map<String, ToDoubleFunction<int[]>> numbers(Scores scores) {
        return new Judged(scores, image -> true).numbers();
    }

    /**
     * What one has more than another, of a sample given as how often each patient is in it: by slices that both judge, and of the
     * delay by series in which both flag one.
     */
    Map<String, ToDoubleFunction<int[]>> differences(Scores model, Scores other) {
        Judged ofModel = new Judged(model, both(model, other));
        Judged ofOther = new Judged(other, both(model, other));
        for (int patient = 0; patient < lesions.length; patient++) {
            if (Float.isNaN(ofModel.delays[patient]) || Float.isNaN(ofOther.delays[patient])) {
                ofModel.delays[patient] = Float.NaN;
                ofOther.delays[patient] = Float.NaN;
            }
        }
        Map<String, ToDoubleFunction<int[]>> less = ofOther.numbers();
        Map<String, ToDoubleFunction<int[]>> differences = new LinkedHashMap<>(ofModel.numbers());
        differences.keySet().retainAll(less.keySet());
        differences.replaceAll((name, number) ->
                times -> number.applyAsDouble(times) - less.get(name).applyAsDouble(times));
        return differences;
    }

    /** In how many series with a lesion both flag a slice with one that both judge. */
    int delays(Scores model, Scores other) {
        float[] ofModel = new Judged(model, both(model, other)).delays;
        float[] ofOther = new Judged(other, both(model, other)).delays;
        return (int) IntStream.range(0, lesions.length)
                .filter(patient -> !Float.isNaN(ofModel[patient]) && !Float.isNaN(ofOther[patient]))
                .count();
    }

    private static IntPredicate both(Scores model, Scores other) {
        return image -> speaks(model, image) && speaks(other, image);
    }

    private static boolean speaks(Scores scores, int image) {
        return scores.normals().isPresent() ? scores.refusal(image).isEmpty() : scores.judges(image);
    }

    /** What one way of scoring makes of the series. */
    private final class Judged {
        private final Scores scores;
        private final IntPredicate among;
        private final float[] lesion;
        private final float[] free;
        private final float[] delays;

        /** @param among slices that are looked at */
        private Judged(Scores scores, IntPredicate among) {
            this.scores = scores;
            this.among = among;
            lesion = score(withLesion, scores.values());
            free = score(lesionFree, scores.lesionFree().orElse(scores.values()));
            delays = delays((float) scores.threshold().orElse(Double.POSITIVE_INFINITY));
        }

        /** Each of a sample, given as how often each patient is in it. */
        private Map<String, ToDoubleFunction<int[]>> numbers() {
            Map<String, ToDoubleFunction<int[]>> numbers = new LinkedHashMap<>();
            numbers.put("study_auroc", times -> auroc(lesion, free, times));
            scores.threshold().ifPresent(threshold -> {
                DoublePredicate flags = scores.normals()
                        .<DoublePredicate>map(normals -> normals::flags)
                        .orElse(score -> score >= (float) threshold);
                numbers.put("study_sensitivity", times -> share(lesion, flags, times));
                numbers.put("study_false_alarm_rate", times -> share(free, flags, times));
                numbers.put("study_delay_slices", times -> mean(delays, times));
            });
            return numbers;
        }

        /** Slices with a lesion that come before the first such one that is flagged; NaN for a patient where none is. */
        private float[] delays(float threshold) {
            float[] delays = new float[lesions.length];
            for (int patient = 0; patient < delays.length; patient++) {
                int[] slices = Arrays.stream(lesions[patient]).filter(among).toArray();
                int first = 0;
                while (first < slices.length && !scores.reaches(slices[first], threshold)) {
                    first++;
                }
                delays[patient] = first < slices.length ? first : Float.NaN;
            }
            return delays;
        }

        /** Of each patient's series; NaN for a patient without one, or where no slice of it speaks. */
        private float[] score(int[][] series, float[] values) {
            float[] score = new float[series.length];
            for (int patient = 0; patient < series.length; patient++) {
                List<PlacedScore> slices = new ArrayList<>();
                for (int image : series[patient]) {
                    if (among.test(image) && speaks(scores, image)) {
                        SlicePlace place =
                                SlicePlace.numbered(cohort.slice(image).number());
                        slices.add(new PlacedScore("", Optional.of(place), values[image]));
                    }
                }
                int neighbours = scores.normals().map(NormalStudies::neighbours).orElse(1);
                score[patient] = (float) new Neighbours(neighbours)
                        .highest(slices)
                        .map(Neighbours.Run::score)
                        .orElse(Double.NaN)
                        .doubleValue();
            }
            return score;
        }
    }

    private static double mean(float[] each, int[] times) {
        return Arrays.stream(sample(each, times))
                .mapToDouble(patient -> each[patient])
                .average()
                .orElse(Double.NaN);
    }

    private static double auroc(float[] lesion, float[] free, int[] times) {
        int[] positive = sample(lesion, times);
        int[] negative = sample(free, times);
        float[] scores = new float[positive.length + negative.length];
        boolean[] is = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            is[i] = i < positive.length;
            scores[i] = is[i] ? lesion[positive[i]] : free[negative[i - positive.length]];
        }
        return Ranking.of(scores, is).auroc();
    }

    private static double share(float[] series, DoublePredicate flags, int[] times) {
        return Arrays.stream(sample(series, times))
                .mapToDouble(patient -> flags.test(series[patient]) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static int[] sample(float[] series, int[] times) {
        return IntStream.range(0, times.length)
                .filter(patient -> !Float.isNaN(series[patient]))
                .flatMap(patient -> IntStream.generate(() -> patient).limit(times[patient]))
                .toArray();
    }
}
