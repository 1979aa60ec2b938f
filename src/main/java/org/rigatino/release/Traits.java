package org.rigatino.release;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.ReleaseMetrics;

/**
 * What a release knows beside its images.
 *
 * @param normalStudies 0 where a study is judged by its highest image
 * @param limitsUnlike whether it refuses images that are too unlike those that it learnt from
 * @param measured whether {@code evaluate --record} left metrics of what it serves, on images that it has not learnt from
 * @param measuredAt when it left them, of whatever they are; null where none are known, or were before their time was
 * @param joinsSlices whether it joins the map of a slice with those beside it
 * @param reads whether it has a reader behind its drawing
 */
record Traits(
        int normalStudies,
        boolean limitsUnlike,
        boolean measured,
        Instant measuredAt,
        boolean joinsSlices,
        boolean reads) {
    static Traits of(ModelRelease release) {
        NormalStudies studies = release.file().studies();
        Optional<ReleaseMetrics> metrics = metrics(release);
        return new Traits(
                studies == null ? 0 : studies.scores().size(),
                release.file().likeness() != null,
                metrics.filter(measured ->
                                ReleaseMetrics.caveats(measured.metrics()).isEmpty())
                        .isPresent(),
                metrics.map(ReleaseMetrics::measuredAt).orElse(null),
                release.file().scoring().joins(),
                release.file().reader() != null);
    }

    /** Those that cannot be read are none. */
    private static Optional<ReleaseMetrics> metrics(ModelRelease release) {
        try {
            return ReleaseMetrics.of(release);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The same, measured as was told before where no later measurement is known here: metrics are not in the digest and may
     * lie at one worker alone.
     *
     * @param told null where nothing was
     */
    Traits after(Traits told) {
        boolean later =
                told == null || measuredAt != null && (told.measuredAt == null || measuredAt.isAfter(told.measuredAt));
        return later
                ? this
                : new Traits(normalStudies, limitsUnlike, told.measured, told.measuredAt, joinsSlices, reads);
    }
}
