package org.rigatino.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rigatino.restore.Estimate;

/**
 * One number of {@code metrics.json}.
 *
 * @param estimate its ends NaN where no interval was recorded
 */
public record Measure(String name, Estimate estimate) {
    private static final String INTERVAL = "_interval";
    private static final String BASELINES = "baselines";

    /** What has an interval, in the file's order. */
    static List<Measure> of(Map<String, Object> metrics) {
        List<Measure> measures = new ArrayList<>();
        metrics.forEach((name, value) -> {
            if (value instanceof Number number && metrics.get(name + INTERVAL) instanceof List<?> interval) {
                measures.add(new Measure(name, new Estimate(number.doubleValue(), end(interval, 0), end(interval, 1))));
            }
        });
        return measures;
    }

    /** Image AUROC of what needs no network, the best first. */
    static List<Measure> baselines(Map<String, Object> metrics) {
        List<Measure> measures = new ArrayList<>();
        if (metrics.get(BASELINES) instanceof Map<?, ?> baselines) {
            baselines.forEach((name, value) -> measures.add(new Measure(
                    name.toString(), new Estimate(((Number) value).doubleValue(), Double.NaN, Double.NaN))));
        }
        measures.sort((one, other) ->
                Double.compare(other.estimate().value(), one.estimate().value()));
        return measures;
    }

    private static double end(List<?> interval, int index) {
        return ((Number) interval.get(index)).doubleValue();
    }
}
