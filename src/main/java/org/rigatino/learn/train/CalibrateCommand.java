package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.Scoring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rigatino calibrate}. */
@Command(
        name = "calibrate",
        description = {
            "Makes a release whose spread, percentiles and threshold come from a site's own normal images,",
            "and the false alarms that it promises from the site's own normal studies; how far from the normal images an",
            "image may be before it is refused as unlike them comes from all normal and unlabeled images there.",
            "The weights stay. None of the images may be one that the network has learnt from. What radiologists answered",
            "is mostly what was flagged, and no sample of the site's normal images: take its normal studies."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class CalibrateCommand extends ReleaseMaker {
    @Option(names = "--model", required = true, description = "the release whose weights are taken")
    private Path model;

    @Option(names = "--out", required = true, description = "the release to write, as in out/models/NAME/VERSION-site")
    private Path out;

    @Mixin
    private DataOptions data;

    @Mixin
    private StudyOptions studies;

    @Mixin
    private LikenessOptions likeness;

    @Option(
            names = "--held-back",
            description = "the data is what the release was trained on: take only the patients that were held back")
    private boolean heldBack;

    @Option(names = "--sign", description = "BRIGHTER, DARKER or BOTH instead of the release's own")
    private Scoring.Sign sign;

    @Option(names = "--smoothing", description = "of differences, in cells, instead of the release's own")
    private Double smoothing;

    @Option(names = "--top-share", description = "of the cells that make the score, instead of the release's own")
    private Double topShare;

    @Option(
            names = "--bilateral",
            description = "share that counts against the other side, instead of the release's own")
    private Double bilateral;

    @Option(names = "--critic-weight", description = "of the critic in the score, instead of the release's own")
    private Double criticWeight;

    @Option(
            names = "--own-level",
            description = "power of the image's own level that its map is divided by, instead of the release's own")
    private Double ownLevel;

    @Option(
            names = "--coarse",
            description = "of a second smoothing, in cells, 0 for none, instead of the release's own")
    private Double coarse;

    @Option(
            names = "--bilateral-limit",
            description = "most that the other side excuses, in spreads, 0 for no limit, instead of the release's own")
    private Double bilateralLimit;

    @Option(
            names = "--level-clip",
            description = "cells beyond so many times an image's level do not raise it, 0 for all, instead of the"
                    + " release's own")
    private Double levelClip;

    @Option(
            names = "--across-slices",
            description = "power of the neighbouring slices' maps in that of a slice, 0.5 for the root of its own times"
                    + " the mean of both, 0 for each slice by itself, instead of the release's own")
    private Double acrossSlices;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or gpu:N")
    private String device;

    public CalibrateCommand() {
        super("calibrate");
    }

    @Override
    void make(PrintWriter console) throws IOException {
        NewRelease site = new NewRelease(out);
        data.require();
        studies.require();
        likeness.require();
        PyTorch.device(device);
        ModelRelease release = ModelRelease.load(model);
        Recalibration recalibration =
                new Recalibration(release, scoring(release.file().scoring()), studies, likeness, site, line());
        ModelRelease written = recalibration.run(data, heldBack, device, console);
        console.printf(
                "wrote %s, digest %s: threshold %.4f, %.4f before%n",
                out,
                written.digest(),
                written.file().calibration().threshold(),
                release.file().calibration().threshold());
        if (out.toAbsolutePath().normalize().startsWith(models(model))) {
            console.println("both releases are eligible for the same images: where " + release.model()
                    + " serves, a worker that starts has the new one in shadow until ./rigatino promote");
        }
    }

    /** The folder of releases that a release lies in. */
    private static Path models(Path release) {
        return release.toAbsolutePath().normalize().getParent().getParent();
    }

    private Scoring scoring(Scoring own) {
        return new Scoring(
                sign == null ? own.sign() : sign,
                or(smoothing, own.smoothing()),
                or(topShare, own.topShare()),
                or(bilateral, own.bilateral()),
                or(criticWeight, own.criticWeight()),
                or(ownLevel, own.ownLevel()),
                or(coarse, own.coarse()),
                or(bilateralLimit, own.bilateralLimit()),
                or(levelClip, own.levelClip()),
                or(acrossSlices, own.acrossSlices()));
    }

    private static double or(Double given, double own) {
        return given == null ? own : given;
    }
}
