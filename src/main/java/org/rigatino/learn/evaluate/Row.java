package org.rigatino.learn.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.ModelRelease;

/**
 * A line of the table.
 *
 * @param release empty for a baseline
 * @param metrics by name, in the order of the table; what cannot be measured is absent
 * @param matchedPairs of like sharpness, of which both are judged; empty where images are not matched
 * @param sizes of lesions and how many are found of each, empty without a threshold or masks
 */
record Row(
        Optional<ModelRelease> release,
        Scores scores,
        Map<String, Estimate> metrics,
        List<LesionSize> sizes,
        OptionalInt matchedPairs) {
    String label() {
        return scores.label();
    }
}
