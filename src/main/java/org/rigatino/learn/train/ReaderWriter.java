package org.rigatino.learn.train;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseFile;

/**
 * Makes a release of another one and the reader that was trained behind it. What was measured of the other is not said of it.
 *
 * @param command that the release records as the reader's origin
 */
record ReaderWriter(NewRelease out, ReaderRecipe recipe, DataOptions data, StudyOptions studies, String command) {
    /** Begins what an earlier calibration or reader left among the limits. */
    private static final List<String> OF_BEFORE = List.of("Calibrated on ", "Reads ");

    /** @param normals that were learnt from */
    ModelRelease write(
            Trainer trainer,
            List<TrainingImage> normals,
            JudgedNormals heldBack,
            Optional<LikenessCalibrator.Fitted> like,
            Curves curves)
            throws IOException {
        Calibrator calibrator = new Calibrator(recipe.behind().file().scoring(), recipe.side(), Calibrated.SPECIFICITY);
        Calibrated calibrated = new StudyCalibrator(studies, calibrator).calibrate(heldBack, trainer, data.name());
        ReleaseFile file = LearntImages.record(file(calibrated, normals, heldBack.images()), heldBack.images(), like)
                .withReader(new ReleaseFile.Reader(
                        recipe.network(), training(normals, heldBack.images().size())));
        return out.write(folder -> {
            recipe.behind().copyNetworks(folder);
            saveReader(trainer, folder.resolve(ModelRelease.READER_FILE));
            curves.write(folder);
            ModelRelease.write(folder, file, calibrated.spread(), like.map(LikenessCalibrator.Fitted::look));
        });
    }

    private static void saveReader(Trainer trainer, Path file) throws IOException {
        try (DataOutputStream stream = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            trainer.saveWeights(stream);
        }
    }

    private ReleaseFile file(Calibrated calibrated, List<TrainingImage> normals, List<PatientImage> heldBack) {
        ReleaseFile own = recipe.behind().file();
        return own.but(draft -> {
            draft.name = out.name();
            draft.version = out.version();
            draft.calibration = calibrated.calibration();
            draft.limits = limits(normals, heldBack);
            draft.studies = calibrated.studies();
            draft.likeness = null;
            draft.reader = null;
        });
    }

    private List<String> limits(List<TrainingImage> normals, List<PatientImage> heldBack) {
        List<String> limits = new ArrayList<>();
        limits.add("Reads image and drawing of " + recipe.behind() + " together, by a network that learnt from what was"
                + " drawn into " + normals.size() + " normal images, and from no real lesion.");
        recipe.behind().file().limits().stream()
                .filter(limit -> OF_BEFORE.stream().noneMatch(limit::startsWith))
                .forEach(limits::add);
        return Calibrated.limits(limits, heldBack);
    }

    private ReleaseFile.Training training(List<TrainingImage> normals, int heldBack) {
        ReleaseFile.Training own = recipe.behind().file().training();
        return new ReleaseFile.Training(
                command,
                data.name(),
                own.split(),
                own.splitSeed(),
                recipe.seed(),
                recipe.iterations(),
                normals.size(),
                heldBack,
                Map.of("recipe", recipe.toString(), LearntImages.RECORDED, LearntImages.digests(normals, List.of())));
    }
}
