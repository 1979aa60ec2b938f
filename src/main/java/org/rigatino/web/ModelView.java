package org.rigatino.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.rigatino.monitor.Drift;
import org.rigatino.monitor.ScoreBins;
import org.rigatino.release.ReleaseView;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Scoring;

/**
 * A model release that is here, serving or in shadow.
 *
 * @param limits what it is known not to do
 * @param reader how the network came to be that reads image and drawing together; null where there is none
 * @param metrics as {@code evaluate --record} left them; null where it was not measured
 * @param metricsError why what lies there is not shown; else null
 * @param likeness null where it refuses by attributes alone, however unlike its normals an image is
 * @param release whether it serves or is in shadow, by the record; null where no worker has seen it
 * @param studies null where it has no normal studies and judges a study by its highest image
 */
public record ModelView(
        String name,
        String version,
        String digest,
        String method,
        String purpose,
        List<String> limits,
        Eligibility eligibility,
        Scoring scoring,
        Calibration calibration,
        Training training,
        Training reader,
        Map<String, Object> metrics,
        String metricsError,
        Studies studies,
        Likeness likeness,
        ReleaseView release,
        Live live) {
    /**
     * What scores mean.
     *
     * @param normals images that were scored, which it did not learn from
     * @param specificity share of them below the threshold
     */
    public record Calibration(int normals, double specificity, double threshold, List<Double> scores) {
        static Calibration of(org.rigatino.restore.Calibration made) {
            return new Calibration(made.scores().size(), made.specificity(), made.threshold(), made.scores());
        }
    }

    /**
     * How whole studies are judged, and what came of it of late.
     *
     * @param neighbours slices side by side that confirm or deny each other
     * @param normals studies that it did not learn from
     * @param smallestP the smallest p-value that there can be
     * @param falseAlarms share of normal studies that may be flagged
     * @param data that the normal studies are from
     * @param judged studies within the window
     * @param flagged of them
     * @param windowSeconds how far back
     * @param judgingSeconds since it judged the first of them; where it does not serve, until the last
     */
    public record Studies(
            int neighbours,
            int normals,
            double smallestP,
            double falseAlarms,
            String data,
            long judged,
            long flagged,
            long windowSeconds,
            long judgingSeconds) {
        /** That the studies are of: a release that was promoted yesterday has judged for one. */
        public double days() {
            return Math.max(1, judgingSeconds / (double) Duration.ofDays(1).toSeconds());
        }
    }

    /** How the weights came to be. */
    public record Training(
            String data, String split, int trainedImages, int calibrationImages, int iterations, long seed) {
        static Training of(ReleaseFile.Training made) {
            return new Training(
                    made.data(),
                    made.split(),
                    made.trainedImages(),
                    made.calibrationImages(),
                    made.iterations(),
                    made.seed());
        }
    }

    /**
     * Scores of live images beside the calibration's, and how far they have moved.
     *
     * @param images how many
     * @param windowSeconds how far back, and
     * @param latest how many at most, over all releases
     * @param stabilityIndex population stability index of their percentiles; null without images, the next two also
     * @param byChance what it comes to where nothing has moved
     * @param largestGap Kolmogorov-Smirnov statistic
     * @param scores counts in the bins
     * @param normals counts of the calibration's
     */
    public record Live(
            long images,
            long windowSeconds,
            int latest,
            Double stabilityIndex,
            Double byChance,
            Double largestGap,
            Drift.Standing standing,
            ScoreBins bins,
            long[] scores,
            long[] normals) {}
}
