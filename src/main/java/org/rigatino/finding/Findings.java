package org.rigatino.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Scoring;

/** What a release says of restored frames. */
public final class Findings {
    private static final double UPPER_HALF = 50;

    private Findings() {}

    public static ImageFinding of(RestoredFrame restored, ModelRelease release) {
        Calibration calibration = release.file().calibration();
        float[] map = onGrid(restored, release.file().scoring(), release.spread(), calibration);
        double score = score(map, restored.critic(), release.file().scoring(), calibration);
        return new ImageFinding(
                restored.frame().reference(),
                release.digest(),
                score,
                calibration.percentile(score),
                score >= calibration.threshold(),
                restored.grid().toSource(shown(map, restored, release.file())),
                restored.neighbours().stream()
                        .map(RestoredFrame.Neighbour::reference)
                        .toList());
    }

    /** What is shown of what counts. */
    private static float[] shown(float[] map, RestoredFrame restored, ReleaseFile release) {
        return Thorax.isShownBy(release)
                ? Thorax.within(map, restored.input(), restored.grid().size())
                : map;
    }

    /**
     * The image's.
     *
     * @param map over the spread, size*size
     * @param critic empty for a blank frame, which nobody doubts, and where the scoring has no weight for it
     */
    public static double score(float[] map, OptionalDouble critic, Scoring scoring, Calibration calibration) {
        double differences = DifferenceMap.topMean(map, scoring.topShare());
        if (scoring.criticWeight() == 0) {
            return differences;
        }
        Calibration.Standard standard = calibration.standard();
        return standard.score(differences, critic.orElse(standard.criticMean()), scoring.criticWeight());
    }

    /** The smoothed difference over the normals' spread at each cell, where its sign counts, among its neighbours'; size*size. */
    public static float[] onGrid(RestoredFrame restored, Scoring scoring, float[] spread, Calibration calibration) {
        return DifferenceMap.of(restored, scoring, spread, calibration);
    }

    /** The highest-ranked image's place; among equals the first. Empty where no image was restored. */
    public static Optional<StudyFinding> ofStudy(List<ImageFinding> images) {
        Comparator<ImageFinding> rank = Comparator.comparing(ImageFinding::flagged)
                .thenComparingDouble(ImageFinding::percentile)
                .thenComparingDouble(ImageFinding::score);
        return images.stream()
                .reduce((first, second) -> rank.compare(second, first) > 0 ? second : first)
                .map(highest -> new StudyFinding(highest.percentile(), priority(highest), highest));
    }

    private static Priority priority(ImageFinding highest) {
        if (highest.flagged()) {
            return Priority.HIGH;
        }
        return highest.percentile() >= UPPER_HALF ? Priority.MEDIUM : Priority.LOW;
    }
}
