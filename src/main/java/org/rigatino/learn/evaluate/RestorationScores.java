package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.rigatino.finding.Findings;
import org.rigatino.image.Frame;
import org.rigatino.learn.metric.PixelTally;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.Scoring;

/**
 * Scores of one restorer: the plain ones, and those that a release with this scoring, spread and calibration gives.
 *
 * @param restore frames, a batch at a time
 * @param normals empty where a study is judged by its highest image
 * @param unlike whether an image is refused as unlike the release's normals: it keeps its score, and is not judged; empty
 *     where none is refused so
 * @param covers whether an image with so large a share of foreground is judged: of one that the release refuses nothing is
 *     marked, and it scores as a blank one
 * @param release whose overlays are looked at; empty where there are none
 */
record RestorationScores(
        String name,
        Function<List<Frame>, List<RestoredFrame>> restore,
        Scoring scoring,
        float[] spread,
        Calibration calibration,
        Optional<NormalStudies> normals,
        DoublePredicate covers,
        Optional<Predicate<RestoredFrame>> unlike,
        Optional<ModelRelease> release) {
    static final int BATCH = Restorer.BATCH;

    /** @param restore frames by that restorer, a batch at a time */
    static RestorationScores of(Restorer restorer, Function<List<Frame>, List<RestoredFrame>> restore) {
        ModelRelease release = restorer.release();
        return new RestorationScores(
                release.name() + "/" + release.version(),
                restore,
                release.file().scoring(),
                release.spread(),
                release.file().calibration(),
                Optional.ofNullable(release.file().studies()),
                release.file().eligibility()::covers,
                Optional.ofNullable(release.file().likeness())
                        .map(likeness ->
                                restored -> release.unlike(restored.input()).isPresent()),
                Optional.of(release));
    }

    /** Release scoring first, then plain; last the critic's, where the restorer has one. */
    List<Scores> of(Cohort cohort) throws IOException {
        float[] released = new float[cohort.size()];
        float[] plain = new float[cohort.size()];
        float[] critic = new float[cohort.size()];
        boolean[] speaks = new boolean[cohort.size()];
        boolean[] refused = new boolean[cohort.size()];
        boolean criticised = false;
        PixelTally releasedPixels = new PixelTally(OptionalDouble.of(calibration.mapThreshold()));
        PixelTally plainPixels = new PixelTally(OptionalDouble.empty());
        LesionBrightness brightness = new LesionBrightness(cohort.patients());
        Optional<Marks> marks = release.map(marking -> new Marks(marking, cohort));
        for (int from = 0; from < cohort.size(); from += BATCH) {
            int image = from;
            for (RestoredFrame restored : restore.apply(batch(cohort, from))) {
                float[] difference = plain(restored);
                boolean covered = covers.test(restored.grid().foregroundShare());
                refused[image] = covered && unlike.isPresent() && unlike.get().test(restored);
                speaks[image] = covered && !refused[image];
                float[] map = covered
                        ? Findings.onGrid(restored, scoring, spread, calibration)
                        : new float[difference.length];
                OptionalDouble doubt = covered ? restored.critic() : OptionalDouble.empty();
                released[image] = (float) Findings.score(map, doubt, scoring, calibration);
                plain[image] = (float) DifferenceMap.topMean(difference, 1);
                critic[image] = (float) -restored.critic().orElse(0);
                criticised |= restored.critic().isPresent();
                boolean[] mask = cohort.pixelsKnown(image) ? cohort.mask(image, restored.frame()) : new boolean[0];
                if (marks.isPresent()) {
                    marks.get().add(image, cohort.patient(image), restored, speaks[image], mask);
                }
                if (cohort.pixelsKnown(image)) {
                    int columns = restored.frame().columns();
                    releasedPixels.add(cohort.patient(image), restored.grid().toSource(map), mask, columns);
                    plainPixels.add(cohort.patient(image), restored.grid().toSource(difference), mask, columns);
                    float[] values = restored.frame().values();
                    brightness.add(cohort.patient(image), values, restored.onSource(), mask, columns);
                }
                image++;
            }
        }
        OptionalDouble threshold = OptionalDouble.of(calibration.threshold());
        List<Scores> scores = new ArrayList<>();
        scores.add(new Scores(
                name,
                Scores.Scoring.RELEASE,
                released,
                threshold,
                where(cohort, releasedPixels),
                where(cohort, brightness),
                normals.map(studies -> new Scores.StudyRule(studies, speaks)),
                unlike.map(asked -> refused),
                marks));
        scores.add(new Scores(
                name,
                Scores.Scoring.PLAIN,
                plain,
                OptionalDouble.empty(),
                where(cohort, plainPixels),
                Optional.empty()));
        if (criticised) {
            scores.add(new Scores(
                    name, Scores.Scoring.CRITIC, critic, OptionalDouble.empty(), Optional.empty(), Optional.empty()));
        }
        return scores;
    }

    private static <T> Optional<T> where(Cohort cohort, T pixels) {
        return cohort.masked() ? Optional.of(pixels) : Optional.empty();
    }

    private static List<Frame> batch(Cohort cohort, int from) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (int image = from; image < Math.min(from + BATCH, cohort.size()); image++) {
            frames.add(cohort.frame(image));
        }
        return frames;
    }

    /** |x - G(x)|/2 of each cell, 0 to 1 where both lie in [-1, 1]. */
    private static float[] plain(RestoredFrame restored) {
        float[] difference = new float[restored.input().length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = Math.abs(restored.input()[i] - restored.restored()[i]) / 2;
        }
        return difference;
    }
}
