package org.rigatino.learn.train;

import java.util.Locale;
import java.util.Optional;
import org.rigatino.restore.NormalStudies;
import picocli.CommandLine.Option;

/** How far from its normal images a release may judge. */
final class LikenessOptions {
    /** Refused where nothing else is asked for and the normal images are enough. */
    private static final double USUAL = 0.02;
    /** The most that are refused without being asked for. */
    private static final double MOST = 0.1;

    @Option(
            names = "--refused-normals",
            description =
                    "in 100 normal images that may be refused as unlike the others; default 2, or as few up to 10 as the"
                            + " normal images can tell; 0: no image is refused as unlike")
    private Double refusedNormals;

    /** @throws IllegalArgumentException where it is no share */
    void require() {
        if (refusedNormals != null && refusedNormals != 0) {
            OptionRange.between0And("--refused-normals", refusedNormals, 100);
        }
    }

    /**
     * Empty where no image is to be refused as unlike, or the normal images are too few or of one patient.
     *
     * @throws IllegalArgumentException where a share was asked for that so few cannot tell
     */
    Optional<LikenessCalibrator.Fitted> fit(DataSet set, int size) {
        Optional<Double> share = share(set);
        return share.map(each -> new LikenessCalibrator(size, each).fit(set));
    }

    private Optional<Double> share(DataSet set) {
        int normals = set.normals().size();
        boolean apart = DataSet.patients(set.normals()) > 1;
        if (refusedNormals == null) {
            double share = Math.max(USUAL, Math.ceil(100 * NormalStudies.smallestP(normals)) / 100);
            return apart && share <= MOST ? Optional.of(share) : Optional.empty();
        }
        if (refusedNormals == 0) {
            return Optional.empty();
        }
        double share = refusedNormals / 100;
        if (!(share > 0 && share < 1) || !apart || normals < NormalStudies.needed(share)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "--refused-normals %s: needs a number from 0 to below 100, and to tell it as many normal images as one"
                            + " of them is such a share of, of two patients at least; there are %d of %d",
                    refusedNormals,
                    normals,
                    DataSet.patients(set.normals())));
        }
        return Optional.of(share);
    }

    /** What is, or is not, refused. */
    static String said(Optional<LikenessCalibrator.Fitted> fitted) {
        return fitted.map(LikenessCalibrator.Fitted::likeness)
                .map(likeness -> String.format(
                        Locale.ROOT,
                        "refused as unlike: beyond a distance of %.2f, as %s in 100 of %d normal images of %d patients are",
                        likeness.limit(),
                        NormalStudies.per100(likeness.refusedNormals()),
                        likeness.normals(),
                        likeness.patients()))
                .orElse("no image is refused as unlike the normal ones: attributes alone refuse");
    }
}
