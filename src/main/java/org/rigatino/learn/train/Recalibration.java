package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.Scoring;

/**
 * A release with the weights of another and a calibration of its own. What was measured of the other is not said of it.
 *
 * @param command that it records as the calibration's origin
 */
record Recalibration(
        ModelRelease release,
        Scoring scoring,
        StudyOptions studies,
        LikenessOptions likeness,
        NewRelease out,
        String command) {

    /** @throws IllegalArgumentException where the scoring counts what the release's reader was not trained to find */
    Recalibration {
        Scoring.Sign own = release.file().scoring().sign();
        if (release.file().reader() != null && scoring.sign() != own) {
            throw new IllegalArgumentException("--sign " + scoring.sign() + ": the reader of " + release.model()
                    + " was trained to find what " + own + " counts. Leave it out, or train a reader for the other");
        }
    }

    /** Begins the limit that an earlier calibration left. */
    private static final String CALIBRATED = "Calibrated on ";

    private static final String OF = "Of ";

    /**
     * @throws IllegalArgumentException where those held back are asked for and cannot be told, and where they are not asked
     *     for and the data bears the name of what the release learnt from
     */
    private DataSet read(DataOptions data, boolean heldBack) throws IOException {
        ReleaseFile file = release.file();
        boolean imported = file.method().equals(Networks.TORCHSCRIPT);
        if (heldBack && imported) {
            throw new IllegalArgumentException("--held-back: " + file.name() + "/" + file.version()
                    + " was imported, and what its network learnt from"
                    + " is not known: leave the option out, and give normal images that it has not seen");
        }
        if (!heldBack && !imported && data.name().equals(file.training().data())) {
            throw new IllegalArgumentException("--data: " + file.name() + "/" + file.version() + " learnt from "
                    + data.name()
                    + ", and what it has learnt scores lower than what it has not: add --held-back to take"
                    + " the patients that it did not learn from; rename the folder if it only bears the same name");
        }
        return data.read(new ImageLoader(file.grid(), file.normalisation()), file.eligibility());
    }

    /**
     * @throws IOException where the normals are too few for a threshold
     * @throws IllegalArgumentException where the release learnt from some of them
     */
    ModelRelease run(DataOptions data, boolean heldBack, String device, PrintWriter console) throws IOException {
        DataSet set = read(data, heldBack);
        List<PatientImage> normals = heldBack ? data.heldBack(release, set) : set.normals();
        if (!heldBack) {
            new HeldBack(release, data.name()).requireUnseen(normals);
        }
        set.warnings().forEach(console::println);
        Optional<LikenessCalibrator.Fitted> like =
                likeness.fit(set, release.file().grid().size());
        JudgedNormals judged = JudgedNormals.of(normals, set, like, console);
        Calibrated.requireEnough(judged.images(), set.omissions(), console);
        console.println(studies.said(judged.images()));
        console.println(LikenessOptions.said(like));
        return write(judged, like, set.name(), device);
    }

    private ModelRelease write(
            JudgedNormals normals, Optional<LikenessCalibrator.Fitted> like, String dataName, String device)
            throws IOException {
        Calibrated calibrated;
        try (Restorer restorer = Restorer.open(release, device, Restorer.BATCH)) {
            int size = release.file().grid().size();
            Calibrator calibrator = new Calibrator(scoring, size, Calibrated.SPECIFICITY);
            calibrated = new StudyCalibrator(studies, calibrator).calibrate(normals, restorer, dataName);
        }
        ReleaseFile file = LearntImages.record(file(calibrated, normals.images(), dataName), normals.images(), like)
                .withReader(release.file().reader());
        return out.write(folder -> {
            release.copyNetworks(folder);
            ModelRelease.write(folder, file, calibrated.spread(), like.map(LikenessCalibrator.Fitted::look));
        });
    }

    private ReleaseFile file(Calibrated calibrated, List<PatientImage> normals, String dataName) {
        ReleaseFile own = release.file();
        String origin = String.format(
                CALIBRATED + "%d normal images of %d patients of %s, with the weights of %s/%s (digest %s).",
                normals.size(),
                DataSet.patients(normals),
                dataName,
                own.name(),
                own.version(),
                release.digest());
        List<String> limits = new ArrayList<>(List.of(origin));
        Calibrated.selection(normals).ifPresent(limits::add);
        own.limits().stream()
                .filter(limit -> !limit.startsWith(CALIBRATED))
                .forEach(limit -> limits.add(ofBefore(limit)));
        return own.but(draft -> {
            draft.name = out.name();
            draft.version = out.version();
            draft.scoring = scoring;
            draft.calibration = calibrated.calibration();
            draft.training = training(own.training(), normals.size(), origin);
            draft.limits = limits;
            draft.studies = calibrated.studies();
            draft.likeness = null;
            draft.reader = null;
        });
    }

    /** What was measured with another threshold, or with other normal studies, is no word of this release. */
    private String ofBefore(String limit) {
        ReleaseFile own = release.file();
        return limit.startsWith(OF) ? limit : OF + own.name() + "/" + own.version() + " was said: " + limit;
    }

    private ReleaseFile.Training training(ReleaseFile.Training own, int images, String origin) {
        Map<String, Object> recipe = new LinkedHashMap<>(own.recipe());
        recipe.put("calibration", origin);
        recipe.put("calibration_command", command);
        return new ReleaseFile.Training(
                own.command(),
                own.data(),
                own.split(),
                own.splitSeed(),
                own.seed(),
                own.iterations(),
                own.trainedImages(),
                images,
                recipe);
    }
}
