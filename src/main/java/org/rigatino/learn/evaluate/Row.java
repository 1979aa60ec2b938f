package org.rigatino.learn.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.ModelRelease;

/**
 * A line of the table.
 *
 * @param release empty for a baseline
 * @param metrics by name, in the order of the table; what cannot be measured is absent
 * @param sizes of lesions and how many are found of each, empty without a threshold or masks
 */
record Row(Optional<ModelRelease> release, Scores scores, Map<String, Estimate> metrics, List<LesionSize> sizes) {
    String label() {
        return scores.label();
    }
}
