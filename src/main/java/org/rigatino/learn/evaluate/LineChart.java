package org.rigatino.learn.evaluate;

import java.util.List;
import org.rigatino.learn.metric.Curve;

/** Curves in the unit square as SVG, their legend below. */
record LineChart(String title, String across, String up, List<Line> lines) {
    private static final int LEFT = 52;
    private static final int TOP = 34;
    private static final int SIDE = 340;
    private static final int LEGEND = TOP + SIDE + 62;
    private static final int LEGEND_LINE = 18;

    /** @param stroke SVG attributes of the line */
    record Line(String name, String stroke, Curve curve) {}

    String svg() {
        int height = LEGEND + LEGEND_LINE * lines.size() + 8;
        StringBuilder svg = new StringBuilder(Markup.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\""
                        + " fill=\"#fff\"/>%n<text x=\"%3$d\" y=\"20\" font-size=\"14\" font-weight=\"bold\">%4$s</text>%n",
                LEFT + SIDE + 24, height, LEFT, Markup.escape(title)));
        axes(svg);
        for (int i = 0; i < lines.size(); i++) {
            line(svg, lines.get(i), LEGEND + LEGEND_LINE * i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg) {
        for (int tick = 0; tick <= 5; tick++) {
            double share = tick / 5.0;
            double x = x(share);
            double y = y(share);
            svg.append(Markup.format(
                    "<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"#ddd\"/>%n"
                            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>%n"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>%n",
                    x, TOP, TOP + SIDE, LEFT, y, LEFT + SIDE, x, TOP + SIDE + 16, share, LEFT - 6, y + 4, share));
        }
        svg.append(Markup.format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
                        + "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                LEFT + SIDE / 2, TOP + SIDE + 36, Markup.escape(across), TOP + SIDE / 2, Markup.escape(up)));
    }

    private static void line(StringBuilder svg, Line line, int legend) {
        StringBuilder points = new StringBuilder();
        for (Curve.Point point : line.curve.points()) {
            points.append(Markup.format("%.1f,%.1f ", x(point.x()), y(point.y())));
        }
        svg.append(Markup.format(
                "<polyline points=\"%s\" fill=\"none\" %s/>%n<path d=\"M%d %d h26\" fill=\"none\" %s/>%n"
                        + "<text x=\"%d\" y=\"%d\">%s</text>%n",
                points.toString().strip(),
                line.stroke,
                LEFT,
                legend - 4,
                line.stroke,
                LEFT + 34,
                legend,
                Markup.escape(line.name)));
    }

    private static double x(double share) {
        return LEFT + SIDE * share;
    }

    private static double y(double share) {
        return TOP + SIDE * (1 - share);
    }
}
