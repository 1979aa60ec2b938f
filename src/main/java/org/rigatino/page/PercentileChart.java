package org.rigatino.page;

import java.awt.Color;
import java.io.IOException;
import java.util.List;
import org.rigatino.chart.Chart;
import org.rigatino.chart.Picture;
import org.rigatino.release.Comparisons;

/** Percentiles of images by a release in shadow over those by one that serves. */
final class PercentileChart {
    private static final int SIDE = 480;
    private static final double HIGHEST = 100;
    private static final Color POINTS = new Color(0x1F5FA8);
    private static final Color EQUAL = new Color(0x777777);

    private PercentileChart() {}

    /** @throws IOException where this machine has no font */
    static byte[] png(Comparisons.Points points, Language language) throws IOException {
        boolean german = language == Language.DE;
        String percentile = german ? "Perzentil, " : "percentile, ";
        Chart chart = new Chart(
                        "",
                        percentile + points.beside().model(),
                        percentile + points.inShadow().model(),
                        SIDE,
                        SIDE)
                .inTheSquare(HIGHEST)
                .withoutLegend()
                .line("equal", EQUAL, false, true, new double[] {0, HIGHEST}, new double[] {0, HIGHEST});
        if (points.other().length > 0) {
            chart.points("images", POINTS, points.other(), points.shadow());
        }
        return new Picture(List.of(chart)).png();
    }
}
