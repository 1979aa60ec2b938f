package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.rigatino.image.Frame;
import org.rigatino.image.ModelGrid;
import org.rigatino.learn.train.Calibrated;
import org.rigatino.learn.train.Calibrator;
import org.rigatino.learn.train.DataSet;
import org.rigatino.learn.train.Holdout;
import org.rigatino.learn.train.PatientImage;
import org.rigatino.learn.train.PrincipalComponents;
import org.rigatino.learn.train.TrainingImage;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Scoring;

/**
 * Restoration by projection on principal components of what a release would learn from. Spread, threshold and map threshold come,
 * as a release's do, from patients who were held back.
 */
final class PcaBaseline {
    static final String NAME = "pca";
    static final int COMPONENTS = 48;
    private static final double HELD_BACK = 0.2;
    private static final long SEED = 1;
    private static final double SPECIFICITY = 0.95;

    private final Treatment treatment;
    private final PrincipalComponents components;

    private PcaBaseline(Treatment treatment, PrincipalComponents components) {
        this.treatment = treatment;
        this.components = components;
    }

    /** @param normals of at least two patients */
    static List<Scores> scores(Cohort cohort, List<PatientImage> normals, Treatment treatment) throws IOException {
        Holdout<PatientImage> holdout = Holdout.byPatient(normals, PatientImage::patient, HELD_BACK, SEED);
        List<PatientImage> heldBack = holdout.validation().stream()
                .filter(image -> !image.image().isFlat())
                .toList();
        if (heldBack.isEmpty()) {
            throw new IllegalArgumentException(
                    "none of the normal images that it holds back has enough contrast to be judged");
        }
        PrincipalComponents components = PrincipalComponents.of(
                DataSet.images(holdout.training()).stream()
                        .map(TrainingImage::values)
                        .toList(),
                COMPONENTS);
        Scoring scoring = treatment.scoring().withoutCritic().alone();
        Calibrator calibrator = new Calibrator(scoring, treatment.grid().size(), SPECIFICITY);
        Calibrated calibrated = calibrator.calibrate(
                DataSet.images(heldBack),
                heldBack.stream().map(PatientImage::patient).toList(),
                components::project);
        PcaBaseline pca = new PcaBaseline(treatment, components);
        return new RestorationScores(
                        NAME,
                        slices -> pca::restore,
                        scoring,
                        calibrated.spread(),
                        calibrated.calibration(),
                        Optional.empty(),
                        Optional.empty(),
                        restored -> {})
                .of(cohort);
    }

    private List<Drawn<Integer>> restore(List<Integer> images, List<Frame> frames) {
        return IntStream.range(0, images.size())
                .mapToObj(i -> new Drawn<>(images.get(i), restore(frames.get(i))))
                .toList();
    }

    private RestoredFrame restore(Frame frame) {
        ModelGrid grid = treatment.gridOf(frame);
        Normalisation.Normalised seen = treatment.normalised(frame, grid);
        float[] drawn = components.project(seen.values());
        return new RestoredFrame(frame, grid, seen.values(), drawn, OptionalDouble.empty(), seen.range());
    }
}
