package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rigatino.restore.Estimate;
import org.rigatino.restore.ReleaseFile;

/**
 * Models that differ by the seed of their training alone, under one scoring.
 *
 * @param metrics mean over the models, with the smallest and the largest
 */
record SeedSummary(String label, Map<String, Estimate> metrics) {
    static List<SeedSummary> of(List<Row> rows) {
        Map<List<Object>, List<Row>> alike = new LinkedHashMap<>();
        for (Row row : rows) {
            row.release().ifPresent(release -> alike.computeIfAbsent(key(release.file(), row), key -> new ArrayList<>())
                    .add(row));
        }
        return alike.values().stream()
                .filter(group -> seeds(group) > 1)
                .map(SeedSummary::summary)
                .toList();
    }

    private static long seeds(List<Row> rows) {
        return rows.stream().map(SeedSummary::seed).distinct().count();
    }

    /** Of all networks that have one. */
    private static List<Long> seed(Row row) {
        ReleaseFile file = row.release().orElseThrow().file();
        return Stream.of(file.training(), reader(file, ReleaseFile.Reader::training))
                .filter(Objects::nonNull)
                .map(ReleaseFile.Training::seed)
                .toList();
    }

    /** Everything that may decide but the seed. */
    private static List<Object> key(ReleaseFile file, Row row) {
        return Arrays.asList(
                file.method(),
                file.grid(),
                file.network(),
                file.normalisation(),
                file.scoring(),
                file.redrawing(),
                file.likeness(),
                reader(file, ReleaseFile.Reader::network),
                key(file.training()),
                reader(file, reader -> key(reader.training())),
                row.scores().scoring());
    }

    private static List<Object> key(ReleaseFile.Training training) {
        String recipe = String.valueOf(training.recipe()).replaceAll("\\bseed=-?\\d+", "seed");
        return List.of(training.data(), training.splitSeed(), training.iterations(), recipe);
    }

    /** Null where there is no reader. */
    private static <T> T reader(ReleaseFile file, Function<ReleaseFile.Reader, T> what) {
        return file.reader() == null ? null : what.apply(file.reader());
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
        long seeds = seeds(rows);
        String models = seeds < rows.size() ? rows.size() + " models of " : "";
        return new SeedSummary(prefix(rows) + "* " + scoring + ", " + models + seeds + " seeds", metrics);
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
