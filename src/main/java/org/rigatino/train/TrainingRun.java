package org.rigatino.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;

/**
 * From a data set to a release.
 *
 * @param splitSeed of which patients are held back, apart from the recipe's seed: trainings of several seeds hold back the
 *     same ones
 * @param out the release's directory
 * @param work where checkpoint and image sheets go, pictures of patients among them
 * @param every iterations between checkpoints
 * @param command that the release records as its origin
 */
record TrainingRun(
        Recipe recipe,
        ReleaseProfile profile,
        long splitSeed,
        String device,
        Path data,
        Path out,
        Path work,
        int every,
        String command,
        PrintWriter console) {

    /** Share of the patients of {@code train_normal} that is held back. */
    static final double HELD_BACK = 0.2;

    private static final String CHECKPOINT = "checkpoint";
    private static final double SPECIFICITY = 0.95;
    private static final int SHEET_ROWS = 8;

    void run(boolean resume) throws IOException {
        Manifest manifest = Manifest.read(data);
        Holdout holdout = Holdout.byPatient(manifest.split("train_normal"), HELD_BACK, splitSeed);
        ImageLoader loader = new ImageLoader(grid(), profile.normalisation());
        List<TrainingImage> normals = loader.load(data, holdout.training());
        List<TrainingImage> heldBack = loader.load(data, holdout.validation());
        List<TrainingImage> pool = recipe.usesPool() ? loader.load(data, manifest.split("unlabeled")) : List.of();
        console.printf(
                "%d normal images to learn from, %d held back, %d unlabeled%n",
                normals.size(), heldBack.size(), pool.size());
        Files.createDirectories(work);
        try (Trainer trainer = recipe.trainer(device, normals, pool)) {
            if (resume) {
                resume(trainer);
            }
            train(trainer, heldBack);
            release(trainer, holdout, heldBack);
        }
    }

    private void train(Trainer trainer, List<TrainingImage> heldBack) throws IOException {
        Progress progress = new Progress(console, System.console() != null, trainer.iteration(), recipe.iterations());
        while (!trainer.finished()) {
            Map<String, Double> losses = trainer.step();
            requireFinite(losses, trainer.iteration());
            progress.show(trainer.iteration(), losses);
            if (trainer.iteration() % every == 0 || trainer.finished()) {
                checkpoint(trainer);
                Path sheet = work.resolve(String.format("sheet-%06d.png", trainer.iteration()));
                List<TrainingImage> shown = heldBack.subList(0, Math.min(SHEET_ROWS, heldBack.size()));
                Sheet.write(sheet, shown, recipe.side(), trainer::restore);
            }
        }
    }

    private static void requireFinite(Map<String, Double> losses, int iteration) {
        losses.forEach((name, loss) -> {
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("training diverged: the " + name + " loss is " + loss + " at iteration "
                        + iteration + ": lower the learning rate");
            }
        });
    }

    private void checkpoint(Trainer trainer) throws IOException {
        Path next = work.resolve(CHECKPOINT + ".next");
        try (DataOutputStream stream = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next)))) {
            trainer.save(stream);
        }
        Files.move(next, work.resolve(CHECKPOINT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void resume(Trainer trainer) throws IOException {
        Path checkpoint = work.resolve(CHECKPOINT);
        if (!Files.isRegularFile(checkpoint)) {
            throw new IOException("there is no checkpoint " + checkpoint + " to go on from: leave --resume out");
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(checkpoint)))) {
            trainer.load(in);
        }
    }

    private void release(Trainer trainer, Holdout holdout, List<TrainingImage> heldBack) throws IOException {
        Files.createDirectories(out);
        write(ModelRelease.WEIGHTS_FILE, trainer::saveWeights);
        Files.deleteIfExists(out.resolve(ModelRelease.CRITIC_FILE));
        if (recipe.network().sizes().containsKey(Networks.CRITIC)) {
            write(ModelRelease.CRITIC_FILE, trainer::saveCritic);
        }
        Calibrator calibrator = new Calibrator(profile.scoring(), recipe.side(), SPECIFICITY);
        float[] spread = calibrator.spread(calibrator.differences(heldBack, trainer::restore, true));
        Calibration calibration =
                calibrator.calibrate(calibrator.differences(heldBack, trainer::restore, false), spread);
        ModelRelease release = ModelRelease.write(out, file(calibration, holdout), spread);
        console.printf("wrote %s, digest %s%n", out, release.digest());
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private void write(String name, Content content) throws IOException {
        OutputStream file = Files.newOutputStream(out.resolve(name));
        try (DataOutputStream stream = new DataOutputStream(new BufferedOutputStream(file))) {
            content.write(stream);
        }
    }

    private ReleaseFile.Grid grid() {
        return new ReleaseFile.Grid(profile.framing(), recipe.side());
    }

    private ReleaseFile file(Calibration calibration, Holdout holdout) {
        Path version = out.getFileName();
        Path name = out.getName(out.getNameCount() - 2);
        return new ReleaseFile(
                name.toString(),
                version.toString(),
                recipe.method(),
                profile.purpose(),
                grid(),
                recipe.network(),
                profile.normalisation(),
                profile.scoring(),
                profile.eligibility(),
                calibration,
                training(holdout),
                Map.of(),
                profile.limits());
    }

    private ReleaseFile.Training training(Holdout holdout) {
        return new ReleaseFile.Training(
                command,
                data.toAbsolutePath().normalize().getFileName().toString(),
                "train_normal: " + Math.round(100 * HELD_BACK)
                        + " % of the patients held back by the split's seed for calibration",
                splitSeed,
                recipe.seed(),
                recipe.iterations(),
                holdout.training().size(),
                holdout.validation().size(),
                Map.of("recipe", recipe.toString()));
    }
}
