package org.rigatino.learn.evaluate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.TextTable;

/** The evaluation as text: image level first. */
record ConsoleTable(Evaluation evaluation) {
    private static final int GAP = 2;

    void print(PrintWriter out) {
        Sentences sentences = new Sentences(evaluation);
        out.println(sentences.cohort());
        for (Section section : Section.of(evaluation)) {
            out.printf("%n%s%n", section.title());
            section.above().forEach(out::println);
            out.println();
            out.print(text(section.table()));
            section.below().forEach(out::println);
        }
        out.println();
        sentences.notes().forEach(out::println);
        out.flush();
    }

    private static String text(MetricTable table) {
        List<String[]> rows = new ArrayList<>();
        rows.add(row("", table.headings()));
        table.lines().forEach(line -> rows.add(row(line.label(), line.cells())));
        int[] widths = IntStream.range(0, rows.get(0).length)
                .map(column -> GAP
                        + rows.stream()
                                .mapToInt(row -> row[column].length())
                                .max()
                                .orElse(0))
                .toArray();
        TextTable text = TextTable.forColumnWidths(Help.defaultColorScheme(Ansi.OFF), widths);
        rows.forEach(text::addRowValues);
        return text.toString();
    }

    private static String[] row(String label, List<String> cells) {
        return Stream.concat(Stream.of(label), cells.stream()).toArray(String[]::new);
    }
}
