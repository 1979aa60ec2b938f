package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.rigatino.restore.Estimate;

/**
 * What a model has more than the first, under their own scoring, on the same patients: the interval is of the difference
 * in each draw of patients, and narrower than those of the two models let expect.
 *
 * @param metrics by name; higher is more, whatever is better
 */
record PairedDifference(String model, String first, Map<String, Estimate> metrics) {
    static List<PairedDifference> of(List<Row> rows, ImageMetrics metrics) {
        List<Scores> released = rows.stream()
                .filter(row -> row.release().isPresent())
                .map(Row::scores)
                .filter(scores -> scores.scoring() == Scores.Scoring.RELEASE)
                .toList();
        List<PairedDifference> differences = new ArrayList<>();
        for (int i = 1; i < released.size(); i++) {
            differences.add(between(released.get(i), released.get(0), metrics));
        }
        return differences;
    }

    private static PairedDifference between(Scores model, Scores first, ImageMetrics metrics) {
        Map<String, ToDoubleFunction<int[]>> ofFirst = metrics.numbers(first);
        Map<String, Estimate> measured = new LinkedHashMap<>();
        metrics.numbers(model).forEach((name, number) -> {
            Estimate difference = metrics.bootstrap()
                    .estimate(times ->
                            number.applyAsDouble(times) - ofFirst.get(name).applyAsDouble(times));
            if (difference.present()) {
                measured.put(name, difference);
            }
        });
        return new PairedDifference(model.scorer(), first.scorer(), measured);
    }
}
