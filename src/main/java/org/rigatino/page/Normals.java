package org.rigatino.page;

import java.util.List;
import org.rigatino.monitor.ScoreBins;
import org.rigatino.page.StudyContents.RankedImage;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Scoring;

/**
 * One image's score among those of the normal images that its release was calibrated on.
 *
 * @param count of normal images
 * @param lower how many of them score lower
 */
public record Normals(int count, long lower, Calibration calibration, Scoring scoring, ScorePlot plot) {
    /** @param others images of the same study and release */
    static Normals of(ModelRelease release, RankedImage image, List<RankedImage> others) {
        Calibration calibration = release.file().calibration();
        List<Double> normals = calibration.scores();
        double score = image.finding().score();
        ScoreBins bins = ScoreBins.around(normals).upTo(score);
        ScorePlot plot = new ScorePlot(
                bins,
                bins.counts(normals),
                null,
                calibration.threshold(),
                score,
                others.stream().map(other -> other.finding().score()).toList());
        long lower = normals.stream().filter(normal -> normal < score).count();
        return new Normals(normals.size(), lower, calibration, release.file().scoring(), plot);
    }

    public double lowest() {
        return calibration.scores().get(0);
    }

    public double highest() {
        return calibration.scores().get(count - 1);
    }

    /** Of the normal images, below the threshold, in percent. */
    public double specificity() {
        return 100 * calibration.specificity();
    }

    /** Of the map, in percent. */
    public double topShare() {
        return 100 * scoring.topShare();
    }

    /** Whether the critic's doubt is in the score. */
    public boolean criticised() {
        return scoring.criticWeight() > 0;
    }
}
