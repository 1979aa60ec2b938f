package org.rigatino.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.Scoring;

/**
 * A release with the weights of another and a calibration of its own. What was measured of the other is not said of it.
 *
 * @param out its directory
 * @param command that it records as the calibration's origin
 */
record Recalibration(ModelRelease release, Scoring scoring, Path out, String command) {
    Recalibration {
        if (out.getNameCount() < 2) {
            throw new IllegalArgumentException("--out " + out + " names no release: it is models/NAME/VERSION");
        }
        if (Files.exists(out.resolve(ModelRelease.RELEASE_FILE))) {
            throw new IllegalArgumentException("--out " + out + " is a release already, and releases do not change");
        }
    }

    /** @throws IOException where they are too few for a threshold */
    List<PatientImage> normals(DataOptions data, boolean heldBack, PrintWriter console) throws IOException {
        ReleaseFile file = release.file();
        DataSet set = data.read(new ImageLoader(file.grid(), file.normalisation()), file.eligibility());
        if (set.omissions().count() > 0) {
            console.println(set.omissions().summary());
        }
        List<PatientImage> normals = heldBack ? data.holdout(set.normals()).validation() : set.normals();
        if (normals.size() < Calibrated.FEWEST) {
            throw new IOException("there are " + normals.size() + " normal images and " + Calibrated.FEWEST
                    + " are needed at least: a threshold that " + Math.round(100 * Calibrated.SPECIFICITY)
                    + " % of normal images stay below is otherwise no more than the largest score that was seen");
        }
        double error = Math.sqrt(Calibrated.SPECIFICITY * (1 - Calibrated.SPECIFICITY) / normals.size());
        console.printf(
                "%d normal images of %d patients: %.0f %% of normal images stay below the threshold, give or take %.1f%n",
                normals.size(), DataSet.patients(normals), 100 * Calibrated.SPECIFICITY, 100 * error);
        return normals;
    }

    ModelRelease write(List<PatientImage> normals, String dataName, String device) throws IOException {
        Calibrated calibrated;
        try (Restorer restorer = Restorer.open(release, device, 1)) {
            int size = release.file().grid().size();
            calibrated =
                    new Calibrator(scoring, size, Calibrated.SPECIFICITY).calibrate(DataSet.images(normals), restorer);
        }
        Files.createDirectories(out);
        for (String name : List.of(ModelRelease.WEIGHTS_FILE, ModelRelease.CRITIC_FILE)) {
            Path weights = release.directory().resolve(name);
            if (Files.exists(weights)) {
                Files.copy(weights, out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return ModelRelease.write(out, file(calibrated, normals, dataName), calibrated.spread());
    }

    private ReleaseFile file(Calibrated calibrated, List<PatientImage> normals, String dataName) {
        ReleaseFile own = release.file();
        String origin = String.format(
                "Calibrated on %d normal images of %d patients of %s, with the weights of %s/%s (digest %s).",
                normals.size(), DataSet.patients(normals), dataName, own.name(), own.version(), release.digest());
        List<String> limits = new ArrayList<>(own.limits());
        limits.add(origin);
        return new ReleaseFile(
                out.getName(out.getNameCount() - 2).toString(),
                out.getFileName().toString(),
                own.method(),
                own.purpose(),
                own.grid(),
                own.network(),
                own.normalisation(),
                scoring,
                own.eligibility(),
                calibrated.calibration(),
                training(own.training(), normals.size(), origin),
                limits);
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
