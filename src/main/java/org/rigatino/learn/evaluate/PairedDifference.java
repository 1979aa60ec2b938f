package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rigatino.restore.Estimate;

/**
 * What a model has more than the first model, or than a baseline that is scored as a release is, on the images that both judge:
 * the interval is of the difference in each draw of patients, and narrower than those of the two let expect.
 *
 * @param images that both judge
 * @param delays series in which both flag a slice with a lesion, of which the delay is; 0 without series
 * @param metrics by name; higher is more, whatever is better
 */
record PairedDifference(String model, String other, int images, int delays, Map<String, Estimate> metrics) {
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
        Map<String, Estimate> measured = new LinkedHashMap<>();
        metrics.differences(model, other).forEach((name, number) -> {
            Estimate difference = metrics.bootstrap().estimate(number::applyAsDouble);
            if (difference.present()) {
                measured.put(name, difference);
            }
        });
        int delays =
                metrics.studies().map(studies -> studies.delays(model, other)).orElse(0);
        return new PairedDifference(model.scorer(), other.scorer(), metrics.judged(model, other), delays, measured);
    }
}
