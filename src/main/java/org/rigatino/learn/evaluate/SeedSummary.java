package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.ReleaseFile;

/**
 * Models that differ by the seed of their training alone, under one scoring.
 *
 * @param metrics mean over the models, with the smallest and the largest
 */
record SeedSummary(String label, int models, Map<String, Estimate> metrics) {
    static List<SeedSummary> of(List<Row> rows) {
        Map<List<Object>, List<Row>> alike = new LinkedHashMap<>();
        for (Row row : rows) {
            row.release().ifPresent(release -> alike.computeIfAbsent(key(release.file(), row), key -> new ArrayList<>())
                    .add(row));
        }
        return alike.values().stream()
                .filter(group ->
                        group.stream().map(SeedSummary::seed).distinct().count() > 1)
                .map(SeedSummary::summary)
                .toList();
    }

    private static long seed(Row row) {
        return row.release().orElseThrow().file().training().seed();
    }

    /** Everything that may decide but the seed. */
    private static List<Object> key(ReleaseFile file, Row row) {
        ReleaseFile.Training training = file.training();
        String recipe = training.recipe().toString().replaceAll("\\bseed=-?\\d+", "seed");
        return List.of(
                file.method(),
                file.grid(),
                file.network(),
                file.normalisation(),
                file.scoring(),
                training.data(),
                training.splitSeed(),
                training.iterations(),
                recipe,
                row.scores().scoring());
    }

    private static SeedSummary summary(List<Row> rows) {
        Map<String, Estimate> metrics = new LinkedHashMap<>();
        for (String name : rows.get(0).metrics().keySet()) {
            if (rows.stream().allMatch(row -> row.metrics().containsKey(name))) {
                DoubleSummaryStatistics values = rows.stream()
                        .mapToDouble(row -> row.metrics().get(name).value())
                        .summaryStatistics();
                metrics.put(name, new Estimate(values.getAverage(), values.getMin(), values.getMax()));
            }
        }
        String scoring = rows.get(0).scores().scoring().label();
        return new SeedSummary(prefix(rows) + "* " + scoring + ", " + rows.size() + " seeds", rows.size(), metrics);
    }

    private static String prefix(List<Row> rows) {
        String prefix = rows.get(0).scores().scorer();
        for (Row row : rows) {
            while (!row.scores().scorer().startsWith(prefix)) {
                prefix = prefix.substring(0, prefix.length() - 1);
            }
        }
        return prefix;
    }
}
