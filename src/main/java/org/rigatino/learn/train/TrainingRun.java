package org.rigatino.learn.train;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.chart.Picture;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseFile;

/**
 * From a data set to a release.
 *
 * @param work where checkpoint, curves, image sheets and the list of what was not used go: pictures of patients among
 *     them
 * @param every iterations between checkpoints
 * @param attempt whether a release is made also where too few images are held back for a threshold
 * @param command that the release records as its origin
 */
record TrainingRun(
        Recipe recipe,
        ReleaseProfile profile,
        DataOptions data,
        StudyOptions studies,
        LikenessOptions likeness,
        String device,
        NewRelease out,
        Path work,
        int every,
        boolean attempt,
        String command,
        PrintWriter console) {

    private static final int SHEET_ROWS = 8;
    private static final String CHECKPOINT = "checkpoint";

    /**
     * What of the data is learnt from, and what is kept for validation and calibration.
     *
     * @param like of all of it; empty where no image is to be refused as unlike
     */
    private record Images(
            List<TrainingImage> normals,
            JudgedNormals heldBack,
            List<PatientImage> pool,
            Optional<LikenessCalibrator.Fitted> like) {}

    void run(boolean resume) throws IOException {
        if (!resume && Files.exists(work.resolve(CHECKPOINT))) {
            throw new IllegalArgumentException(
                    "there is a checkpoint of an earlier training, " + work.resolve(CHECKPOINT)
                            + ": go on from it with --resume, or keep it and give another --out or --work, or remove it");
        }
        Picture.requireFont();
        Files.createDirectories(work);
        try {
            train(images(), resume);
        } catch (EngineException | OutOfMemoryError e) {
            throw TrainingException.of(e, "before the first iteration", "nothing was learnt");
        }
    }

    private Images images() throws IOException {
        DataSet set = data.read(new ImageLoader(grid(), profile.normalisation()), profile.eligibility());
        set.omissions().report(work, console);
        set.warnings().forEach(console::println);
        Holdout<PatientImage> holdout = data.holdout(set.normals());
        if (recipe instanceof ReaderRecipe reader) {
            data.heldBack(reader.behind(), set);
        }
        console.printf(
                "%d normal images of %d patients to learn from, %d of %d held back, %d unlabeled%n",
                holdout.training().size(),
                DataSet.patients(holdout.training()),
                holdout.validation().size(),
                DataSet.patients(holdout.validation()),
                set.pool().size());
        Optional<LikenessCalibrator.Fitted> like = likeness.fit(set, recipe.side());
        JudgedNormals heldBack = JudgedNormals.of(holdout.validation(), set, like, console);
        Calibrated.requireEnoughHeldBack(heldBack.images(), attempt, console);
        console.println(studies.said(heldBack.images()));
        console.println(LikenessOptions.said(like));
        new StudyCalibrator(studies, calibrator()).requireNeighbours(heldBack, data.name());
        console.flush();
        return new Images(DataSet.images(holdout.training()), heldBack, set.pool(), like);
    }

    private void train(Images images, boolean resume) throws IOException {
        List<TrainingImage> pool = recipe.usesPool() ? DataSet.images(images.pool) : List.of();
        Checkpoint checkpoint = new Checkpoint(work.resolve(CHECKPOINT), digest(images.normals, pool));
        Curves curves = new Curves(recipe.iterations());
        Validation validation = new Validation(DataSet.images(images.heldBack.images()), images.pool, calibrator());
        try (Trainer trainer = recipe.trainer(device, images.normals, pool)) {
            if (resume) {
                checkpoint.load(trainer, curves);
            }
            Progress progress =
                    new Progress(console, System.console() != null, trainer.iteration(), recipe.iterations());
            try {
                new TrainingLoop(trainer, checkpoint, curves, validation, sheet(images), progress, every).run();
                ModelRelease release = written(trainer, images, pool, curves, checkpoint);
                console.printf("wrote %s, digest %s%n", out.directory(), release.digest());
            } catch (EngineException | OutOfMemoryError e) {
                throw TrainingException.of(e, "at iteration " + (trainer.iteration() + 1), checkpoint.kept());
            }
        }
    }

    private ModelRelease written(
            Trainer trainer, Images images, List<TrainingImage> pool, Curves curves, Checkpoint checkpoint)
            throws IOException {
        try {
            return write(trainer, images, pool, curves);
        } catch (IOException | IllegalArgumentException e) {
            throw TrainingException.notWritten(e, checkpoint.kept());
        }
    }

    private ModelRelease write(Trainer trainer, Images images, List<TrainingImage> pool, Curves curves)
            throws IOException {
        return recipe instanceof ReaderRecipe reader
                ? new ReaderWriter(out, reader, data, studies, command)
                        .write(trainer, images.normals, images.heldBack, images.like, curves)
                : new ReleaseWriter(out, recipe, profile, data, studies, command)
                        .write(trainer, images.normals, pool, images.heldBack, images.like, curves);
    }

    private Sheet sheet(Images images) {
        List<PatientImage> heldBack = images.heldBack.images();
        int rows = Math.min(SHEET_ROWS, heldBack.size());
        return new Sheet(work, DataSet.images(heldBack.subList(0, rows)), recipe.side());
    }

    private Calibrator calibrator() {
        return new Calibrator(profile.scoring(), recipe.side(), Calibrated.SPECIFICITY);
    }

    /** Of everything that is learnt from. */
    private static String digest(List<TrainingImage> normals, List<TrainingImage> pool) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (List<TrainingImage> images : List.of(normals, pool)) {
            for (TrainingImage image : images) {
                ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * image.values().length);
                bytes.asFloatBuffer().put(image.values());
                digest.update(bytes);
            }
            digest.update((byte) 0);
        }
        return Hex.encodeHexString(digest.digest());
    }

    private ReleaseFile.Grid grid() {
        return new ReleaseFile.Grid(profile.framing(), recipe.side());
    }
}
