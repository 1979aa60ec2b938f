package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Restorer;

/**
 * An image that a model was among the surest of, rightly or wrongly.
 *
 * @param level from which on the model's overlays mark a departure
 */
record Case(Extreme extreme, int image, RestoredFrame restored, ImageFinding finding, double level) {
    private static final int EACH = 3;

    /** Which end of which class. */
    enum Extreme {
        ABNORMAL_HIGHEST("Abnormal, highest scores: found", true, true),
        ABNORMAL_LOWEST("Abnormal, lowest scores: missed first", true, false),
        NORMAL_LOWEST("Normal, lowest scores: passed", false, false),
        NORMAL_HIGHEST("Normal, highest scores: first false alarms", false, true);

        final String heading;
        private final boolean abnormal;
        private final boolean highest;

        Extreme(String heading, boolean abnormal, boolean highest) {
            this.heading = heading;
            this.abnormal = abnormal;
            this.highest = highest;
        }
    }

    /** Up to three of each extreme, no two of one patient among them, and none that is refused. */
    static List<Case> of(Cohort cohort, Scores scores, Restorer restorer) throws IOException {
        List<Case> cases = new ArrayList<>();
        ModelRelease release = restorer.release();
        CohortSlices slices = new CohortSlices(cohort, image -> true);
        for (Extreme extreme : Extreme.values()) {
            for (int image : images(cohort, scores, extreme)) {
                RestoredFrame restored = restored(cohort, slices, image, restorer);
                double level = release.file().markLevel();
                cases.add(new Case(extreme, image, restored, Findings.of(restored, release), level));
            }
        }
        return cases;
    }

    /** Among its neighbours, where the release looks at them. */
    private static RestoredFrame restored(Cohort cohort, CohortSlices slices, int image, Restorer restorer)
            throws IOException {
        boolean joins = restorer.release().file().scoring().joins();
        List<Integer> images = joins ? slices.around(image) : List.of(image);
        List<Frame> frames = new ArrayList<>();
        for (int each : images) {
            frames.add(cohort.frame(each));
        }
        Drawing drawing = new ReleaseDrawing(restorer, slices);
        List<Drawn<Integer>> drawn = new ArrayList<>(drawing.add(images, frames));
        drawn.addAll(drawing.finish());
        return drawn.stream()
                .filter(one -> one.of() == image)
                .findFirst()
                .orElseThrow()
                .restored();
    }

    static List<Integer> images(Cohort cohort, Scores scores, Extreme extreme) {
        float[] values = scores.values();
        Set<Integer> patients = new HashSet<>();
        return IntStream.range(0, values.length)
                .filter(image -> cohort.abnormal(image) == extreme.abnormal)
                .filter(image -> scores.refusal(image).isEmpty())
                .boxed()
                .sorted(Comparator.comparingDouble(image -> extreme.highest ? -values[image] : values[image]))
                .filter(image -> patients.add(cohort.patient(image)))
                .limit(EACH)
                .toList();
    }
}
