package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.rigatino.restore.Estimate;

/**
 * What a model has more than the first model, or than a baseline that is scored as a release is, on the same patients: the
 * interval is of the difference in each draw of patients, and narrower than those of the two let expect.
 *
 * @param metrics by name; higher is more, whatever is better
 */
record PairedDifference(String model, String other, Map<String, Estimate> metrics) {
    static List<PairedDifference> of(List<Row> rows, ImageMetrics metrics) {
        Map<Boolean, List<Scores>> byRelease = rows.stream()
                .filter(row -> row.scores().scoring() == Scores.Scoring.RELEASE)
                .collect(Collectors.partitioningBy(
                        row -> row.release().isPresent(), Collectors.mapping(Row::scores, Collectors.toList())));
        List<Scores> models = byRelease.get(true);
        List<PairedDifference> differences = new ArrayList<>();
        models.stream().skip(1).forEach(model -> differences.add(between(model, models.get(0), metrics)));
        for (Scores baseline : byRelease.get(false)) {
            models.forEach(model -> differences.add(between(model, baseline, metrics)));
        }
        return differences;
    }

    private static PairedDifference between(Scores model, Scores other, ImageMetrics metrics) {
        Map<String, ToDoubleFunction<int[]>> ofOther = metrics.numbers(other);
        Map<String, Estimate> measured = new LinkedHashMap<>();
        metrics.numbers(model).forEach((name, number) -> {
            Estimate difference = metrics.bootstrap()
                    .estimate(times ->
                            number.applyAsDouble(times) - ofOther.get(name).applyAsDouble(times));
            if (difference.present()) {
                measured.put(name, difference);
            }
        });
        return new PairedDifference(model.scorer(), other.scorer(), measured);
    }
}
