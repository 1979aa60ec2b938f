package org.rigatino.evaluate;

import java.util.Map;
import org.rigatino.metric.Estimate;

/**
 * A line of the table.
 *
 * @param metrics by name, in the order of the table; what cannot be measured is absent
 */
record Row(Kind kind, Scores scores, Map<String, Estimate> metrics) {
    enum Kind {
        MODEL,
        BASELINE
    }
}
