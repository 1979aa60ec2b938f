package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rigatino.finding.StackedSlice;

/** Files, or frames of files, that were found and not used, each with the rule that says why. */
final class Omissions {
    private final Map<String, List<String>> byRule = new TreeMap<>();
    private final List<StackedSlice> slices = new ArrayList<>();

    void add(String rule, String what) {
        byRule.computeIfAbsent(rule, added -> new ArrayList<>()).add(what);
    }

    /** What a worker would find between the slices that are used. */
    void add(StackedSlice slice) {
        slices.add(slice);
    }

    List<StackedSlice> slices() {
        return List.copyOf(slices);
    }

    int count(String rule) {
        return byRule.getOrDefault(rule, List.of()).size();
    }

    int count() {
        return byRule.values().stream().mapToInt(List::size).sum();
    }

    /** {@code 12 not used: 8 series-description, 4 not-dicom}; names no file. */
    String summary() {
        List<String> counts = new ArrayList<>();
        byRule.forEach((rule, files) -> counts.add(files.size() + " " + rule));
        return count() + " not used: " + String.join(", ", counts);
    }

    /** Lists them in the folder, by rule, file and, where a file has several, frame; says on the console how many. */
    void report(Path folder, PrintWriter console) throws IOException {
        Path list = folder.resolve("not-used.tsv");
        Files.deleteIfExists(list);
        if (count() > 0) {
            List<String> lines = new ArrayList<>(List.of("rule\tfile"));
            byRule.forEach((rule, files) -> files.forEach(file -> lines.add(rule + "\t" + file)));
            Files.write(list, lines);
            console.println(summary() + "; " + list + " lists them");
        }
    }
}
