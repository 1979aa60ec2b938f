package org.rigatino.learn.train;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One line of how far a training has come: on a terminal it is rewritten, elsewhere a line now and then. */
final class Progress {
    private static final int WIDTH = 24;
    /** Longer than any line. */
    private static final int BLANK = 120;

    private static final double FORGETTING = 0.02;

    private final PrintWriter out;
    private final boolean terminal;
    private final int total;
    private final int first;
    private final long started = System.nanoTime();
    private final Map<String, Double> averages = new LinkedHashMap<>();

    Progress(PrintWriter out, boolean terminal, int first, int total) {
        this.out = out;
        this.terminal = terminal;
        this.first = first;
        this.total = total;
    }

    /** @param losses by name, absent where not computed */
    void show(int done, Map<String, Double> losses) {
        losses.forEach((name, loss) -> averages.merge(name, loss, (so, value) -> so + FORGETTING * (value - so)));
        int every = terminal ? 1 : Math.max(1, total / 50);
        if (done % every == 0 || done == total) {
            out.print(terminal ? "\r" + line(done) : line(done) + System.lineSeparator());
            if (terminal && done == total) {
                out.println();
            }
            out.flush();
        }
    }

    /** A line of its own. */
    void say(String text) {
        out.println((terminal ? System.lineSeparator() : "") + text);
        out.flush();
    }

    /** @param values by name, as measured after that iteration */
    void validated(int done, Map<String, Double> values) {
        StringBuilder shown = new StringBuilder(terminal ? "\r" + " ".repeat(BLANK) + "\r" : "");
        shown.append("validation at ").append(done).append(':');
        values.forEach((name, value) -> shown.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
        out.println(shown);
        out.flush();
    }

    String line(int done) {
        int filled = WIDTH * done / total;
        String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
        double seconds = (System.nanoTime() - started) / 1e9 / Math.max(1, done - first);
        Duration left = Duration.ofSeconds(Math.round(seconds * (total - done)));
        String time = String.format("%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
        StringBuilder shown = new StringBuilder();
        averages.forEach((name, loss) -> shown.append(String.format(Locale.ROOT, "  %s %.4f", name, loss)));
        return String.format(Locale.ROOT, "[%s] %d/%d  %s left%s", bar, done, total, time, shown);
    }
}
