package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.rigatino.learn.metric.Bootstrap;
import org.rigatino.learn.metric.Ranking;
import org.rigatino.restore.Estimate;

/** How well the scores of a cohort's images tell abnormal from normal. */
final class ImageMetrics {
    static final String LESION_BRIGHTNESS_KEPT = "lesion_brightness_kept";

    /** Shares of normal and of abnormal images that are refused as unlike the normals. */
    static final String UNLIKE_NORMAL = "unlike_normal";

    static final String UNLIKE_ABNORMAL = "unlike_abnormal";

    private final Cohort cohort;
    private final Bootstrap bootstrap;
    /** Null where there are none. */
    private final Studies studies;
    /** Null before it is asked for. */
    private int[] lesionPixels;

    ImageMetrics(Cohort cohort) {
        this.cohort = cohort;
        bootstrap = cohort.bootstrap();
        studies = Studies.of(cohort);
    }

    /** By name in the order of the report; sensitivity and specificity where there is a threshold. */
    Map<String, Estimate> of(Scores scores) {
        Map<String, Estimate> measured = new LinkedHashMap<>();
        measured.put("image_auroc", ranking(scores.values(), scores::judges, Ranking::auroc));
        measured.put("image_ap", ranking(scores.values(), scores::judges, Ranking::averagePrecision));
        if (scores.threshold().isPresent()) {
            float threshold = (float) scores.threshold().getAsDouble();
            measured.put(
                    "sensitivity", share(image -> cohort.abnormal(image), image -> scores.reaches(image, threshold)));
            measured.put(
                    "specificity", share(image -> !cohort.abnormal(image), image -> !scores.reaches(image, threshold)));
        }
        if (scores.refused().filter(Scores.Refused::likeness).isPresent()) {
            measured.put(UNLIKE_NORMAL, share(image -> !cohort.abnormal(image), image -> !scores.judges(image)));
            measured.put(UNLIKE_ABNORMAL, share(image -> cohort.abnormal(image), image -> !scores.judges(image)));
        }
        if (studies != null) {
            measured.putAll(studies.of(scores));
        }
        scores.pixels().ifPresent(pixels -> measured.putAll(pixels.measure(bootstrap)));
        scores.marks().ifPresent(marks -> measured.putAll(marks.of(cohort, scores, this)));
        scores.brightness().ifPresent(lesions -> measured.put(LESION_BRIGHTNESS_KEPT, lesions.kept(bootstrap)));
        return measured;
    }

    /** @param among the images that count */
    Estimate ranking(float[] scores, IntPredicate among, ToDoubleFunction<Ranking> number) {
        return bootstrap.estimate(times -> number.applyAsDouble(ranking(scores, among, times)));
    }

    private Ranking ranking(float[] scores, IntPredicate among, int[] times) {
        int[] sample = sample(times, among);
        float[] drawn = new float[sample.length];
        boolean[] abnormal = new boolean[sample.length];
        for (int i = 0; i < sample.length; i++) {
            drawn[i] = scores[sample[i]];
            abnormal[i] = cohort.abnormal(sample[i]);
        }
        return Ranking.of(drawn, abnormal);
    }

    /**
     * What one has more than another on the images that both judge, each of a sample given as how often each patient is in it.
     */
    Map<String, ToDoubleFunction<int[]>> differences(Scores model, Scores other) {
        Map<String, ToDoubleFunction<int[]>> differences = new LinkedHashMap<>();
        IntPredicate both = image -> model.judges(image) && other.judges(image);
        differences.put(
                "image_auroc",
                times -> ranking(model.values(), both, times).auroc()
                        - ranking(other.values(), both, times).auroc());
        if (studies != null) {
            differences.putAll(studies.differences(model, other));
        }
        return differences;
    }

    /** How many images both judge. */
    int judged(Scores model, Scores other) {
        return (int) IntStream.range(0, cohort.size())
                .filter(image -> model.judges(image) && other.judges(image))
                .count();
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    Optional<Studies> studies() {
        return Optional.ofNullable(studies);
    }

    List<LesionSize> sizes(Scores scores) throws IOException {
        if (lesionPixels == null) {
            lesionPixels = cohort.lesionPixels();
        }
        return LesionSize.of(lesionPixels, this, scores);
    }

    /** @param of the images that count */
    Estimate share(IntPredicate of, IntPredicate what) {
        return bootstrap.estimate(times -> {
            int[] sample = sample(times, of);
            return Arrays.stream(sample)
                    .mapToDouble(image -> what.test(image) ? 1 : 0)
                    .average()
                    .orElse(Double.NaN);
        });
    }

    private int[] sample(int[] times, IntPredicate among) {
        int[] sample =
                new int[cohort.size() * Math.max(1, Arrays.stream(times).max().orElse(1))];
        int count = 0;
        for (int image = 0; image < cohort.size(); image++) {
            if (among.test(image)) {
                for (int i = 0; i < times[cohort.patient(image)]; i++) {
                    sample[count++] = image;
                }
            }
        }
        return Arrays.copyOf(sample, count);
    }
}
