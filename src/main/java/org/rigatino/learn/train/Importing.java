package org.rigatino.learn.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.network.ScriptedNetwork;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Restoration;

/**
 * Makes a network that was made elsewhere a release. What it learnt from is not known here.
 *
 * @param script TorchScript
 * @param side of the grid
 * @param command that the release records as its origin
 */
record Importing(
        Path script,
        ReleaseProfile profile,
        int side,
        StudyOptions studies,
        LikenessOptions likeness,
        NewRelease out,
        String command) {
    Importing {
        if (profile.scoring().criticWeight() != 0) {
            throw new IllegalArgumentException("the profile's scoring has a criticWeight of "
                    + profile.scoring().criticWeight() + " but an imported network has no critic: it is 0");
        }
    }

    /** @param data all of its normals calibrate */
    ModelRelease run(DataFolder data, String device, PrintWriter console) throws IOException {
        try (NDManager manager = PyTorch.engine().newBaseManager(PyTorch.device(device))) {
            ScriptedNetwork network = ScriptedNetwork.read(script, manager, side);
            DataSet set = data.read();
            set.warnings().forEach(console::println);
            Optional<LikenessCalibrator.Fitted> like = likeness.fit(set, side);
            JudgedNormals normals = JudgedNormals.of(set.normals(), set, like, console);
            Calibrated.requireEnough(normals.images(), set.omissions(), console);
            console.println(studies.said(normals.images()));
            console.println(LikenessOptions.said(like));
            Restoration restoration = image -> network.draw(image, manager, side);
            Calibrator calibrator = new Calibrator(profile.scoring(), side, Calibrated.SPECIFICITY);
            Calibrated calibrated =
                    new StudyCalibrator(studies, calibrator).calibrate(normals, restoration, set.name());
            return write(calibrated, like, normals.images(), set.name());
        }
    }

    private ModelRelease write(
            Calibrated calibrated,
            Optional<LikenessCalibrator.Fitted> like,
            List<PatientImage> normals,
            String dataName)
            throws IOException {
        ReleaseFile file = LearntImages.record(file(calibrated, normals, dataName), normals, like);
        return out.write(folder -> {
            Files.copy(script, folder.resolve(ModelRelease.SCRIPT_FILE));
            ModelRelease.write(folder, file, calibrated.spread(), like.map(LikenessCalibrator.Fitted::look));
        });
    }

    private ReleaseFile file(Calibrated calibrated, List<PatientImage> normals, String dataName) {
        String claim = String.format(
                "Imported: that the network learnt from none of the %d normal images of %d patients of %s that it is"
                        + " calibrated on is the claim of who imported it, and was not checked.",
                normals.size(), DataSet.patients(normals), dataName);
        List<String> limits = new ArrayList<>(profile.limits());
        limits.add(claim);
        Calibrated.selection(normals).ifPresent(limits::add);
        return new ReleaseFile(
                        out.name(),
                        out.version(),
                        Networks.TORCHSCRIPT,
                        profile.purpose(),
                        new ReleaseFile.Grid(profile.framing(), side),
                        ReleaseFile.Network.single(Map.of()),
                        profile.normalisation(),
                        profile.scoring(),
                        profile.eligibility(),
                        calibrated.calibration(),
                        training(normals.size(), dataName, claim),
                        limits)
                .but(draft -> {
                    draft.studies = calibrated.studies();
                    draft.redrawing = profile.redrawing();
                });
    }

    /** Zero is the number of what is not known. */
    private ReleaseFile.Training training(int images, String dataName, String claim) {
        return new ReleaseFile.Training(
                command,
                dataName,
                "all normals calibrate; what the network learnt from is not known here",
                0,
                0,
                0,
                0,
                images,
                Map.of("script", script.getFileName().toString(), "claim", claim));
    }
}
