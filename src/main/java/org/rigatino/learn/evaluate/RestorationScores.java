package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.rigatino.finding.Findings;
import org.rigatino.image.Frame;
import org.rigatino.learn.metric.PixelTally;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.DifferenceMap;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.Refusal;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.Scoring;

/**
 * Scores of one restorer: the plain ones, and those that a release with this scoring, spread and calibration gives.
 *
 * @param drawing of images that are added in their order; given which lie side by side
 * @param normals empty where a study is judged by its highest image
 * @param release whose overlays are looked at, and which refuses images: of those nothing is marked; those that are unlike
 *     its normals keep their score and are not judged, others score as blank ones. Empty where there is none
 * @param seen is told of each image once
 */
record RestorationScores(
        String name,
        Function<CohortSlices, Drawing> drawing,
        Scoring scoring,
        float[] spread,
        Calibration calibration,
        Optional<NormalStudies> normals,
        Optional<ModelRelease> release,
        Consumer<RestoredFrame> seen) {
    static final int BATCH = Restorer.BATCH;

    /** @param seen is told of each image once */
    static RestorationScores of(String name, Restorer restorer, Consumer<RestoredFrame> seen) {
        ModelRelease release = restorer.release();
        return new RestorationScores(
                name,
                slices -> new ReleaseDrawing(restorer, slices),
                release.file().scoring(),
                release.spread(),
                release.file().calibration(),
                Optional.ofNullable(release.file().studies()),
                Optional.of(release),
                seen);
    }

    /** What is known of a cohort's images, in whatever order they come. */
    private static final class Known {
        private final float[] released;
        private final float[] plain;
        private final float[] critic;
        private final String[] refused;
        private boolean criticised;
        private final PixelTally releasedPixels;
        private final PixelTally plainPixels = new PixelTally(OptionalDouble.empty());
        private final LesionBrightness brightness;
        private final Optional<Marks> marks;

        private Known(Cohort cohort, double mapThreshold, Optional<ModelRelease> release) {
            released = new float[cohort.size()];
            plain = new float[cohort.size()];
            critic = new float[cohort.size()];
            refused = new String[cohort.size()];
            releasedPixels = new PixelTally(OptionalDouble.of(mapThreshold));
            brightness = new LesionBrightness(cohort.patients());
            marks = release.map(marking -> new Marks(marking, cohort));
        }
    }

    /** Release scoring first, then plain; last the critic's, where the restorer has one. */
    List<Scores> of(Cohort cohort) throws IOException {
        Known known = new Known(cohort, calibration.mapThreshold(), release);
        CohortSlices slices = new CohortSlices(cohort, image -> true);
        List<Integer> images = scoring.joins()
                ? slices.order()
                : IntStream.range(0, cohort.size()).boxed().toList();
        draw(cohort, images, slices, one -> {
            seen.accept(one.restored());
            add(known, cohort, one.of(), one.restored(), slices.refusal(one.of()));
        });
        List<Scores> scores = new ArrayList<>();
        scores.add(new Scores(
                name,
                Scores.Scoring.RELEASE,
                known.released,
                OptionalDouble.of(calibration.threshold()),
                where(cohort, known.releasedPixels),
                where(cohort, known.brightness),
                normals,
                release.map(refusing ->
                        new Scores.Refused(known.refused, refusing.file().likeness() != null)),
                known.marks,
                lesionFree(cohort)));
        scores.add(new Scores(
                name,
                Scores.Scoring.PLAIN,
                known.plain,
                OptionalDouble.empty(),
                where(cohort, known.plainPixels),
                Optional.empty()));
        if (known.criticised) {
            scores.add(new Scores(
                    name,
                    Scores.Scoring.CRITIC,
                    known.critic,
                    OptionalDouble.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
        return scores;
    }

    private interface Sink {
        void take(Drawn<Integer> one) throws IOException;
    }

    private void draw(Cohort cohort, List<Integer> images, CohortSlices slices, Sink sink) throws IOException {
        Drawing draws = drawing.apply(slices);
        for (int from = 0; from < images.size(); from += BATCH) {
            List<Integer> batch = images.subList(from, Math.min(from + BATCH, images.size()));
            for (Drawn<Integer> one : draws.add(batch, frames(cohort, batch))) {
                sink.take(one);
            }
        }
        for (Drawn<Integer> one : draws.finish()) {
            sink.take(one);
        }
    }

    private void add(Known known, Cohort cohort, int image, RestoredFrame restored, Optional<Refusal> refusal)
            throws IOException {
        float[] difference = plain(restored);
        known.refused[image] = refusal.map(Refusal::rule).orElse(null);
        float[] map = map(restored, refusal);
        known.released[image] = score(restored, map, refusal);
        known.plain[image] = (float) DifferenceMap.topMean(difference, 1);
        known.critic[image] = (float) -restored.critic().orElse(0);
        known.criticised |= restored.critic().isPresent();
        int patient = cohort.patient(image);
        boolean[] mask = cohort.pixelsKnown(image) ? cohort.mask(image, restored.frame()) : new boolean[0];
        known.marks.ifPresent(marks -> marks.add(image, patient, restored, refusal.isEmpty(), mask));
        if (cohort.pixelsKnown(image)) {
            int columns = restored.frame().columns();
            known.releasedPixels.add(patient, restored.grid().toSource(map), mask, columns);
            known.plainPixels.add(patient, restored.grid().toSource(difference), mask, columns);
            known.brightness.add(patient, restored.frame().values(), restored.onSource(), mask, columns);
        }
    }

    private float[] map(RestoredFrame restored, Optional<Refusal> refusal) {
        return isBlank(refusal)
                ? new float[restored.input().length]
                : Findings.onGrid(restored, scoring, spread, calibration);
    }

    private float score(RestoredFrame restored, float[] map, Optional<Refusal> refusal) {
        OptionalDouble doubt = isBlank(refusal) ? OptionalDouble.empty() : restored.critic();
        return (float) Findings.score(map, doubt, scoring, calibration);
    }

    private static boolean isBlank(Optional<Refusal> refusal) {
        return refusal.filter(by -> !by.rule().equals(Likeness.UNLIKE_RULE)).isPresent();
    }

    /** As {@link Scores#lesionFree}: what lies beside a lesion has no part in a series without one. */
    private Optional<float[]> lesionFree(Cohort cohort) throws IOException {
        if (!scoring.joins() || !cohort.hasSeries()) {
            return Optional.empty();
        }
        float[] scores = new float[cohort.size()];
        CohortSlices away =
                new CohortSlices(cohort, image -> cohort.slice(image).isAway());
        draw(cohort, away.order(), away, one -> {
            Optional<Refusal> refusal = away.refusal(one.of());
            scores[one.of()] = score(one.restored(), map(one.restored(), refusal), refusal);
        });
        return Optional.of(scores);
    }

    private static <T> Optional<T> where(Cohort cohort, T pixels) {
        return cohort.masked() ? Optional.of(pixels) : Optional.empty();
    }

    private static List<Frame> frames(Cohort cohort, List<Integer> images) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (int image : images) {
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
