package org.rigatino.evaluate;

import java.util.Map;
import java.util.Optional;
import org.rigatino.metric.Estimate;
import org.rigatino.restore.ModelRelease;

/**
 * A line of the table.
 *
 * @param release empty for a baseline
 * @param metrics by name, in the order of the table; what cannot be measured is absent
 */
record Row(Optional<ModelRelease> release, Scores scores, Map<String, Estimate> metrics) {
    String label() {
        return scores.label();
    }
}
