package org.rigatino.proof.demo;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.TextTable;

/** What became of the studies that were sent. */
final class DemoReport {
    private static final int[] WIDTHS = {23, 8, 10, 12, 7, 10, 11, 9, 9, 200};
    /** Where percentiles are equal the scores are not; what was not restored comes last. */
    private static final Comparator<Row> MOST_ABNORMAL_FIRST =
            Comparator.comparing(Row::percentile).thenComparing(Row::score).reversed();

    /**
     * @param label how a person calls the study
     * @param outcome empty where none was recorded in time
     * @param overlaysFound of its confirmed overlays, in the PACS itself
     */
    record Row(String label, Optional<StudyOutcome> outcome, int overlaysFound) {
        boolean lost() {
            return outcome.isEmpty() || overlaysFound < outcome.get().overlays().size() || confirmedWithoutOverlays();
        }

        private boolean confirmedWithoutOverlays() {
            return outcome.get().isConfirmed()
                    && outcome.get().overlays().size() < outcome.get().imagesRestored();
        }

        private double percentile() {
            return outcome.flatMap(StudyOutcome::percentile).orElse(-1.0);
        }

        private double score() {
            return outcome.flatMap(StudyOutcome::score).orElse(-1.0);
        }

        boolean restored() {
            return !lost() && outcome.get().isConfirmed();
        }

        boolean refused() {
            return outcome.isPresent() && outcome.get().isRefused();
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();

    void add(String studyInstanceUid, Row row) {
        rows.put(studyInstanceUid, row);
    }

    /** Neither lost nor failed. */
    boolean allEndedWell() {
        return !rows.isEmpty() && rows.values().stream().allMatch(row -> row.restored() || row.refused());
    }

    /** Of {@link DemoInput}: heads restored whole, the lesion ranked above the head without, the CT refused. */
    boolean ownInputCameOutRight() {
        StudyOutcome head = outcome(DemoInput.HEAD);
        StudyOutcome lesion = outcome(DemoInput.LESION);
        return head.isConfirmed()
                && lesion.isConfirmed()
                && head.imagesRestored() == FlairLikeHead.SLICES
                && lesion.imagesRestored() == FlairLikeHead.SLICES
                && lesion.score().orElseThrow() > head.score().orElseThrow()
                && outcome(DemoInput.OUT_OF_SCOPE).isRefused();
    }

    private StudyOutcome outcome(String label) {
        return rows.values().stream()
                .filter(row -> row.label().equals(label))
                .flatMap(row -> row.outcome().stream())
                .findFirst()
                .orElseThrow();
    }

    String table() {
        TextTable table = TextTable.forColumnWidths(Help.defaultColorScheme(Ansi.OFF), WIDTHS);
        table.addRowValues(
                "study",
                "images",
                "restored",
                "percentile",
                "score",
                "priority",
                "outcome",
                "waiting",
                "working",
                "reason");
        rows.values().stream()
                .sorted(MOST_ABNORMAL_FIRST)
                .map(DemoReport::cells)
                .forEach(table::addRowValues);
        return table.toString();
    }

    private static String[] cells(Row row) {
        return row.outcome().map(outcome -> cells(row.label(), outcome)).orElseGet(() ->
                new String[] {row.label(), "", "", "", "", "", "NONE", "", "", ""});
    }

    private static String[] cells(String label, StudyOutcome outcome) {
        return new String[] {
            label,
            Integer.toString(outcome.imagesSeen()),
            Integer.toString(outcome.imagesRestored()),
            number(outcome.percentile(), "%.1f"),
            number(outcome.score(), "%.2f"),
            outcome.priority().isEmpty() ? "-" : outcome.priority(),
            outcome.state(),
            number(outcome.waitingSeconds(), "%.1f s"),
            number(outcome.workingSeconds(), "%.1f s"),
            outcome.reason()
        };
    }

    private static String number(Optional<Double> value, String format) {
        return value.map(number -> String.format(Locale.ROOT, format, number)).orElse("-");
    }

    String summary() {
        return String.format(
                "demo: %d studies sent, %d restored, %d refused, %d overlays confirmed in the PACS, %d lost",
                rows.size(),
                rows.values().stream().filter(Row::restored).count(),
                rows.values().stream().filter(Row::refused).count(),
                rows.values().stream().mapToInt(Row::overlaysFound).sum(),
                rows.values().stream().filter(Row::lost).count());
    }
}
