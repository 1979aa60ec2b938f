package org.rigatino.learn.evaluate;

import java.io.PrintWriter;

/** The evaluation as text: image level first. */
record ConsoleTable(Evaluation evaluation) {
    void print(PrintWriter out) {
        Sentences sentences = new Sentences(evaluation);
        out.println(sentences.cohort());
        print(out, MetricTable.image(evaluation));
        if (evaluation.cohort().masked()) {
            print(out, MetricTable.pixel(evaluation));
        }
        evaluation.studies().ifPresent(studies -> {
            out.printf("%n%s%n", sentences.studies(studies));
            print(out, MetricTable.study(evaluation));
            sentences.rules().forEach(out::println);
        });
        titled(out, Sentences.SIZES, MetricTable.sizes(evaluation));
        titled(out, Sentences.DIFFERENCES, MetricTable.differences(evaluation));
        evaluation.sharpness().ifPresent(sharpness -> {
            out.printf("%n%s%n", sentences.sharpness(sharpness));
            print(out, MetricTable.matched(evaluation));
        });
        out.println();
        sentences.notes().forEach(out::println);
        out.flush();
    }

    /** Nothing where the table is empty. */
    private static void titled(PrintWriter out, String title, MetricTable table) {
        if (!table.lines().isEmpty()) {
            out.printf("%n%s%n", title);
            print(out, table);
        }
    }

    private static void print(PrintWriter out, MetricTable table) {
        int width = table.lines().stream()
                .mapToInt(line -> line.label().length())
                .max()
                .orElse(1);
        out.printf("%n%-" + width + "s", "");
        table.headings().forEach(heading -> out.printf("  %-19s", heading));
        out.println();
        for (MetricTable.Line line : table.lines()) {
            out.printf("%-" + width + "s", line.label());
            line.cells().forEach(cell -> out.printf("  %-19s", cell));
            out.println();
        }
    }
}
