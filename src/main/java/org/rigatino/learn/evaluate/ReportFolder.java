package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where an evaluation is kept: {@code report.json}, {@code report.html}, both of patients, and {@code shareable/} with
 * curves and histograms alone.
 */
record ReportFolder(Path directory) {
    void write(Evaluation evaluation) throws IOException {
        Path shareable = Files.createDirectories(directory.resolve("shareable"));
        Charts charts = new Charts(evaluation);
        Files.writeString(directory.resolve("report.json"), new JsonReport(evaluation).text());
        Files.writeString(directory.resolve("report.html"), new HtmlReport(evaluation).text());
        Files.writeString(shareable.resolve("roc.svg"), charts.roc().svg());
        Files.writeString(shareable.resolve("pr.svg"), charts.precisionRecall().svg());
        Files.writeString(shareable.resolve("scores.svg"), charts.scores().svg());
    }
}
