package org.rigatino.restore;

import java.util.Locale;
import java.util.Optional;

/**
 * How far from a release's own normal images an image may be. {@link NormalLook} measures it.
 *
 * @param cells each side, of which a look takes in an image
 * @param components along which normal images were found to vary
 * @param limit the largest distance that is judged
 * @param refusedNormals share of the normal images that lie beyond it, each measured by what other patients' images show
 * @param normals images that tell what is normal and where the limit lies
 * @param patients of these
 * @param others unlabeled images that tell what else is to be judged, disease among it; they move no limit
 * @param data name of the data set
 */
public record Likeness(
        int cells,
        int components,
        double limit,
        double refusedNormals,
        int normals,
        int patients,
        int others,
        String data) {
    /** Refuses a frame that is farther from the normals than the release judges. */
    public static final String UNLIKE_RULE = "unlike";

    public Likeness {
        if (cells < 1 || components < 1 || !(limit > 0) || !(refusedNormals > 0 && refusedNormals < 1)) {
            throw new IllegalArgumentException("likeness has cells " + cells + ", components " + components + ", limit "
                    + limit + ", refusedNormals " + refusedNormals
                    + ": needs one at least of the first two, a limit above 0, and a share above 0 and below 1");
        }
    }

    /** @param distance that is no number is as unlike as can be */
    public Optional<Refusal> refusal(double distance) {
        return distance <= limit
                ? Optional.empty()
                : Optional.of(new Refusal(
                        UNLIKE_RULE,
                        Optional.of(String.format(
                                Locale.ROOT,
                                "distance %.2f from the model's normal images, %.2f at most is judged",
                                distance,
                                limit))));
    }
}
