package org.rigatino.learn.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.rigatino.network.ImageBlock;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.Weights;

/**
 * Makes one release of several. What is calibrated is what will be served: the averaged restoration, of weights as they
 * are stored.
 *
 * @param data what the members learnt from, and which of it was held back
 * @param command that the release records as its origin
 */
record Ensembling(
        EnsembleMembers members,
        ReleaseFile.Precision precision,
        DataOptions data,
        StudyOptions studies,
        LikenessOptions likeness,
        NewRelease out,
        String device,
        String command) {

    ModelRelease run(PrintWriter console) throws IOException {
        DataSet set = read();
        set.warnings().forEach(console::println);
        Optional<LikenessCalibrator.Fitted> like =
                likeness.fit(set, members.first().grid().size());
        JudgedNormals heldBack = JudgedNormals.of(heldBack(set), set, like, console);
        Calibrated.requireEnoughHeldBack(heldBack.images(), true, console);
        console.println(studies.said(heldBack.images()));
        console.println(LikenessOptions.said(like));
        return out.write(folder -> write(folder, heldBack, like));
    }

    private void write(Path folder, JudgedNormals heldBack, Optional<LikenessCalibrator.Fitted> like)
            throws IOException {
        writeWeights(folder);
        ReleaseFile uncalibrated = file(members.first().calibration(), heldBack.images());
        ModelRelease draft = ModelRelease.write(
                folder, uncalibrated, members.releases().get(0).spread());
        Calibrator calibrator = new Calibrator(
                uncalibrated.scoring(),
                uncalibrated.grid().size(),
                members.first().calibration().specificity());
        Calibrated calibrated;
        try (Restorer restorer = Restorer.open(draft, device, Restorer.BATCH)) {
            calibrated = new StudyCalibrator(studies, calibrator).calibrate(heldBack, restorer, data.name());
        }
        ReleaseFile file = LearntImages.record(
                file(calibrated.calibration(), heldBack.images()).withStudies(calibrated.studies()),
                heldBack.images(),
                like);
        ModelRelease.write(folder, file, calibrated.spread(), like.map(LikenessCalibrator.Fitted::look));
    }

    /** Of each member the same. */
    private List<PatientImage> heldBack(DataSet set) {
        List<PatientImage> heldBack = List.of();
        for (ModelRelease member : members.releases()) {
            heldBack = data.heldBack(member, set);
        }
        return heldBack;
    }

    /** As all members have read it. */
    private DataSet read() throws IOException {
        ReleaseFile first = members.first();
        return data.read(new ImageLoader(first.grid(), first.normalisation()), first.eligibility());
    }

    private void writeWeights(Path directory) throws IOException {
        ReleaseFile.Network network = members.first().network();
        int side = members.first().grid().size();
        write(
                directory,
                ModelRelease.WEIGHTS_FILE,
                () -> Networks.drawing(members.first().method(), network, side));
        if (network.sizes().containsKey(Networks.CRITIC)) {
            write(directory, ModelRelease.CRITIC_FILE, () -> Networks.critic(network, side));
        }
    }

    private void write(Path directory, String name, Supplier<ImageBlock> empty) throws IOException {
        List<ImageBlock> networks = new ArrayList<>();
        try (NDManager manager = PyTorch.engine().newBaseManager(PyTorch.device("cpu"))) {
            for (ModelRelease member : members.releases()) {
                Path weights = member.directory().resolve(name);
                networks.addAll(Weights.read(weights, manager, member.file().network(), empty));
                member.requireUnchanged();
            }
            Weights.write(directory.resolve(name), manager, networks, precision, empty);
        }
    }

    private ReleaseFile file(Calibration calibration, List<PatientImage> heldBack) {
        ReleaseFile first = members.first();
        return first.but(draft -> {
            draft.name = out.name();
            draft.version = out.version();
            draft.network = new ReleaseFile.Network(
                    first.network().sizes(), members.releases().size(), precision);
            draft.calibration = calibration;
            draft.training = training(heldBack.size());
            draft.limits = Calibrated.limits(first.limits(), heldBack);
            draft.studies = null;
            draft.likeness = null;
            draft.reader = null;
        });
    }

    private ReleaseFile.Training training(int calibrationImages) {
        ReleaseFile.Training first = members.first().training();
        Map<String, Object> recipe = new LinkedHashMap<>(first.recipe());
        recipe.put("members", members.origins());
        return new ReleaseFile.Training(
                command,
                first.data(),
                first.split(),
                first.splitSeed(),
                first.seed(),
                first.iterations(),
                first.trainedImages(),
                calibrationImages,
                recipe);
    }
}
