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
 * @param measured whether {@code evaluate --record} left metrics of it
 */
record Traits(int normalStudies, boolean limitsUnlike, boolean measured) {
    static Traits of(ModelRelease release) {
        NormalStudies studies = release.file().studies();
        return new Traits(
                studies == null ? 0 : studies.scores().size(), release.file().likeness() != null, isMeasured(release));
    }

    /** Metrics that cannot be read are none. */
    private static boolean isMeasured(ModelRelease release) {
        try {
            return ReleaseMetrics.of(release).isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
