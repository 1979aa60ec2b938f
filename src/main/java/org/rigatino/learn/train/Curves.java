package org.rigatino.learn.train;

import java.awt.Color;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rigatino.chart.Chart;
import org.rigatino.chart.Picture;

/** Losses and validation values over the iterations of a training, by name; a loss is averaged over an interval. */
final class Curves {
    private static final int POINTS = 500;
    private static final int WIDTH = 900;
    private static final int HEIGHT = 240;
    private static final Color BLUE = new Color(0x1F5FA8);

    private final int interval;
    private final Map<String, SortedMap<Integer, Double>> points = new LinkedHashMap<>();
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    Curves(int iterations) {
        interval = Math.max(1, iterations / POINTS);
    }

    /** @param iteration that the losses are of, 1 for the first */
    void addLosses(int iteration, Map<String, Double> losses) {
        losses.forEach((name, loss) -> {
            points.computeIfAbsent(name, added -> new TreeMap<>());
            sums.merge(name, loss, Double::sum);
            counts.merge(name, 1, Integer::sum);
        });
        if (iteration % interval == 0) {
            sums.forEach((name, sum) -> points.get(name).put(iteration, sum / counts.get(name)));
            sums.clear();
            counts.clear();
        }
    }

    /** @param iteration after which the values were measured */
    void addValidation(int iteration, Map<String, Double> values) {
        values.forEach((name, value) ->
                points.computeIfAbsent(name, added -> new TreeMap<>()).put(iteration, value));
    }

    List<String> names() {
        return List.copyOf(points.keySet());
    }

    /** Value by iteration. */
    SortedMap<Integer, Double> curve(String name) {
        return points.get(name);
    }

    /** {@code curves.csv} and {@code curves.png}. */
    void write(Path folder) throws IOException {
        writeCsv(folder.resolve("curves.csv"));
        picture().writePng(folder.resolve("curves.png"));
    }

    /** A chart for each curve, over a common axis. */
    private Picture picture() {
        int last = points.values().stream()
                .filter(curve -> !curve.isEmpty())
                .mapToInt(SortedMap::lastKey)
                .max()
                .orElse(1);
        return new Picture(names().stream()
                .map(name -> new Chart(name, "iteration", "", WIDTH, HEIGHT)
                        .across(last)
                        .withoutLegend()
                        .line(name, BLUE, curve(name)))
                .toList());
    }

    /** One row an iteration that anything is known of; a column a name, empty where nothing is known. */
    private void writeCsv(Path file) throws IOException {
        SortedMap<Integer, StringBuilder> rows = new TreeMap<>();
        points.values().forEach(curve -> curve.keySet()
                .forEach(iteration -> rows.putIfAbsent(iteration, new StringBuilder(Integer.toString(iteration)))));
        for (SortedMap<Integer, Double> curve : points.values()) {
            rows.forEach((iteration, row) -> {
                Double value = curve.get(iteration);
                row.append(',').append(value == null ? "" : value.toString());
            });
        }
        List<String> lines = new ArrayList<>(List.of("iteration," + String.join(",", names())));
        rows.values().forEach(row -> lines.add(row.toString()));
        Files.write(file, lines);
    }

    void save(DataOutputStream out) throws IOException {
        out.writeInt(points.size());
        for (String name : points.keySet()) {
            out.writeUTF(name);
            out.writeInt(points.get(name).size());
            for (Map.Entry<Integer, Double> point : points.get(name).entrySet()) {
                out.writeInt(point.getKey());
                out.writeDouble(point.getValue());
            }
            out.writeInt(counts.getOrDefault(name, 0));
            out.writeDouble(sums.getOrDefault(name, 0.0));
        }
    }

    /** Replaces what is here by what was saved. */
    void load(DataInputStream in) throws IOException {
        points.clear();
        sums.clear();
        counts.clear();
        int names = in.readInt();
        for (int i = 0; i < names; i++) {
            String name = in.readUTF();
            SortedMap<Integer, Double> curve = new TreeMap<>();
            points.put(name, curve);
            for (int left = in.readInt(); left > 0; left--) {
                curve.put(in.readInt(), in.readDouble());
            }
            int count = in.readInt();
            double sum = in.readDouble();
            if (count > 0) {
                counts.put(name, count);
                sums.put(name, sum);
            }
        }
    }
}
