package org.rigatino.learn.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseFile;
import picocli.CommandLine.Option;

/** Where normal images come from and which of them are held back. */
final class DataOptions {
    @Option(
            names = "--data",
            required = true,
            description = "folder with a manifest.csv, or with folders normal and unlabeled, or of DICOM files")
    private Path data;

    @Option(
            names = "--patient-separator",
            defaultValue = "_",
            description = "ends the patient's part of the file names in normal and unlabeled")
    private String separator;

    @Option(
            names = "--validation-share",
            defaultValue = "0.2",
            description = "share of the patients that is held back for validation and calibration")
    private double validationShare;

    @Option(
            names = "--split-seed",
            defaultValue = "1",
            description = "of which patients are held back, whatever the seed of the training")
    private int splitSeed;

    /** @throws IllegalArgumentException where a number is out of its range */
    void require() {
        OptionRange.between0And("--validation-share", validationShare, 1);
    }

    DataSet read(ImageLoader loader, Eligibility eligibility) throws IOException {
        return new DataFolder(data, loader, eligibility, separator).read();
    }

    Holdout<PatientImage> holdout(List<PatientImage> normals) {
        return Holdout.byPatient(normals, PatientImage::patient, validationShare, splitSeed);
    }

    /**
     * The normals that a release's training held back.
     *
     * @throws IllegalArgumentException where data, share or seed are not the training's, or the release has learnt from some
     *     of them
     */
    List<PatientImage> heldBack(ModelRelease release, DataSet set) {
        ReleaseFile.Training training = release.file().training();
        if (splitSeed != training.splitSeed()) {
            throw new IllegalArgumentException("the training held back the patients of --split-seed "
                    + training.splitSeed() + ", not of " + splitSeed + ": give its own");
        }
        Holdout<PatientImage> holdout = holdout(set.normals());
        // Blank ones that were learnt from once are not read any more.
        int gone = training.trainedImages() - holdout.training().size();
        if (gone < 0 || gone > set.omissions().count(ModelRelease.FOREGROUND_RULE)) {
            throw new IllegalArgumentException("the training learnt from " + training.trainedImages() + " images of "
                    + training.data() + " but " + holdout.training().size() + " of " + name()
                    + " are not held back: give the --data and --validation-share that it learnt from");
        }
        new HeldBack(release, name()).require(holdout);
        return holdout.validation();
    }

    /** Of the data set: its folder's. */
    String name() {
        return data.toAbsolutePath().normalize().getFileName().toString();
    }

    double validationShare() {
        return validationShare;
    }

    int splitSeed() {
        return splitSeed;
    }
}
