package org.rigatino.learn.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.rigatino.finding.Findings;
import org.rigatino.learn.metric.Bootstrap;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.RestoredFrame;

/** What a release's overlays mark in a cohort's images, from the release's own level on; of what it refuses they mark nothing. */
final class Marks {
    static final String FLAGGED_WITHOUT_MARK = "flagged_without_mark";
    static final String MARKED_LESION_FREE_SHARE = "marked_lesion_free_share";
    static final String MARKED_LESION_RECALL = "marked_lesion_recall";
    static final String MARKED_LESION_PRECISION = "marked_lesion_precision";

    private final ModelRelease release;
    private final boolean[] marked;
    /** Of a patient's images with known pixels: abnormal ones, marked ones, those that are both. */
    private final long[] abnormal;

    private final long[] above;
    private final long[] both;

    Marks(ModelRelease release, Cohort cohort) {
        this.release = release;
        marked = new boolean[cohort.size()];
        abnormal = new long[cohort.patients()];
        above = new long[cohort.patients()];
        both = new long[cohort.patients()];
    }

    /** In units of the normals' spread. */
    double level() {
        return release.file().markLevel();
    }

    /**
     * @param judged whether the release does not refuse it
     * @param mask rows*columns; of no pixels where it is not known which are abnormal
     */
    void add(int image, int patient, RestoredFrame restored, boolean judged, boolean[] mask) {
        float[] map = judged ? Findings.of(restored, release).map() : new float[mask.length];
        double level = level();
        for (float departure : map) {
            marked[image] |= departure >= level;
        }
        for (int i = 0; i < mask.length; i++) {
            abnormal[patient] += mask[i] ? 1 : 0;
            above[patient] += map[i] >= level ? 1 : 0;
            both[patient] += mask[i] && map[i] >= level ? 1 : 0;
        }
    }

    /** Shares of flagged and of normal images; and of pixels, where any are known. */
    Map<String, Estimate> of(Cohort cohort, Scores scores, ImageMetrics metrics) {
        float threshold = (float) scores.threshold().orElseThrow();
        Map<String, Estimate> measured = new LinkedHashMap<>();
        measured.put(
                FLAGGED_WITHOUT_MARK,
                metrics.share(image -> scores.reaches(image, threshold), image -> !marked[image]));
        measured.put(MARKED_LESION_FREE_SHARE, metrics.share(image -> !cohort.abnormal(image), image -> marked[image]));
        if (cohort.masked()) {
            measured.put(MARKED_LESION_RECALL, ratio(metrics.bootstrap(), both, abnormal));
            measured.put(MARKED_LESION_PRECISION, ratio(metrics.bootstrap(), both, above));
        }
        return measured;
    }

    private static Estimate ratio(Bootstrap bootstrap, long[] part, long[] whole) {
        return bootstrap.estimate(times -> sum(part, times) / sum(whole, times));
    }

    private static double sum(long[] each, int[] times) {
        return IntStream.range(0, each.length)
                .mapToDouble(patient -> times[patient] * each[patient])
                .sum();
    }
}
