package org.rigatino.release;

import java.io.IOException;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.ReleaseMetrics;

/**
 * What a release knows beside its images.
 *
 * @param normalStudies 0 where a study is judged by its highest image
 * @param limitsUnlike whether it refuses images that are too unlike those that it learnt from
 * @param measured whether {@code evaluate --record} left metrics of what it serves, on images that it has not learnt from
 * @param joinsSlices whether it joins the map of a slice with those beside it
 * @param reads whether it has a reader behind its drawing
 */
record Traits(int normalStudies, boolean limitsUnlike, boolean measured, boolean joinsSlices, boolean reads) {
    static Traits of(ModelRelease release) {
        NormalStudies studies = release.file().studies();
        return new Traits(
                studies == null ? 0 : studies.scores().size(),
                release.file().likeness() != null,
                isMeasured(release),
                release.file().scoring().joins(),
                release.file().reader() != null);
    }

    /** Metrics that cannot be read are none, and those that are not of what it serves neither. */
    private static boolean isMeasured(ModelRelease release) {
        try {
            return ReleaseMetrics.of(release)
                    .filter(measured ->
                            ReleaseMetrics.caveats(measured.metrics()).isEmpty())
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
