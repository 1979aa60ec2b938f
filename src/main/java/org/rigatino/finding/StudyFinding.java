package org.rigatino.finding;

import java.util.Optional;

/**
 * A study's place in the worklist.
 *
 * @param percentile of the highest-ranked image
 * @param priority by the study where its release has normal studies, by that image where it has none; of several releases
 *     the most urgent
 * @param highest the highest-ranked image
 * @param againstNormals empty where no release that judged the study has normal studies; of several the one with the
 *     smallest p-value
 */
public record StudyFinding(
        double percentile, Priority priority, ImageFinding highest, Optional<AgainstNormals> againstNormals) {
    /** Of a release without normal studies. */
    public StudyFinding(double percentile, Priority priority, ImageFinding highest) {
        this(percentile, priority, highest, Optional.empty());
    }
}
