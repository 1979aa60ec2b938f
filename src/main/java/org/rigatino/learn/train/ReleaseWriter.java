package org.rigatino.learn.train;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;

/**
 * Makes a trained network a release.
 *
 * @param command that the release records as its origin
 */
record ReleaseWriter(
        NewRelease out, Recipe recipe, ReleaseProfile profile, DataOptions data, StudyOptions studies, String command) {
    /** @param normals that were learnt from, and {@code pool}, empty where it was not looked at */
    ModelRelease write(
            Trainer trainer,
            List<TrainingImage> normals,
            List<TrainingImage> pool,
            JudgedNormals heldBack,
            Optional<LikenessCalibrator.Fitted> like,
            Curves curves)
            throws IOException {
        Calibrator calibrator = new Calibrator(profile.scoring(), recipe.side(), Calibrated.SPECIFICITY);
        Calibrated calibrated = new StudyCalibrator(studies, calibrator).calibrate(heldBack, trainer, data.name());
        ReleaseFile.Training training =
                training(normals, pool, heldBack.images().size());
        ReleaseFile file = LearntImages.record(file(calibrated, training, heldBack.images()), heldBack.images(), like);
        return out.write(folder -> {
            write(folder.resolve(ModelRelease.WEIGHTS_FILE), trainer::saveWeights);
            if (recipe.network().sizes().containsKey(Networks.CRITIC)) {
                write(folder.resolve(ModelRelease.CRITIC_FILE), trainer::saveCritic);
            }
            curves.write(folder);
            ModelRelease.write(folder, file, calibrated.spread(), like.map(LikenessCalibrator.Fitted::look));
        });
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static void write(Path file, Content content) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        try (DataOutputStream stream = new DataOutputStream(new BufferedOutputStream(bytes))) {
            content.write(stream);
        }
    }

    private ReleaseFile file(Calibrated calibrated, ReleaseFile.Training training, List<PatientImage> heldBack) {
        return new ReleaseFile(
                        out.name(),
                        out.version(),
                        recipe.method(),
                        profile.purpose(),
                        new ReleaseFile.Grid(profile.framing(), recipe.side()),
                        recipe.network(),
                        profile.normalisation(),
                        profile.scoring(),
                        profile.eligibility(),
                        calibrated.calibration(),
                        training,
                        Calibrated.limits(profile.limits(), heldBack))
                .but(draft -> {
                    draft.studies = calibrated.studies();
                    draft.redrawing = profile.redrawing();
                });
    }

    private ReleaseFile.Training training(List<TrainingImage> normals, List<TrainingImage> pool, int heldBack) {
        return new ReleaseFile.Training(
                command,
                data.name(),
                "normals: " + Math.round(100 * data.validationShare())
                        + " % of the patients held back by the split's seed for calibration",
                data.splitSeed(),
                recipe.seed(),
                recipe.iterations(),
                normals.size(),
                heldBack,
                Map.of("recipe", recipe.toString(), LearntImages.RECORDED, LearntImages.digests(normals, pool)));
    }
}
