package org.rigatino.evaluate;

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
        evaluation.sharpness().ifPresent(sharpness -> {
            out.printf("%n%s%n", sentences.sharpness(sharpness));
            print(out, MetricTable.matched(evaluation));
        });
        out.println();
        sentences.notes().forEach(out::println);
        out.flush();
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
