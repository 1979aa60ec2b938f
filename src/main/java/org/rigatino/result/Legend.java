package org.rigatino.result;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.finding.ImageFinding;

/** The band below the frame: what the picture is, who made it, and what its colours mean. It covers no anatomy. */
final class Legend {
    static final String WARNING = Equipment.WARNING;

    /** Columns, in dots of the glyphs, that the longest word needs. */
    static final int LEAST_DOTS = WARNING.length() * Glyphs.ADVANCE + 2 * Legend.MARGIN;

    private static final int MARGIN = 3;
    private static final int LINE = Glyphs.HEIGHT + 3;
    private static final int BAR = 8;
    private static final int AMBER = 0xFFB000;
    private static final int LIGHT = 0xE0E0E0;
    static final int RULE = 0x606060;

    private record Line(String text, int colour) {}

    private final List<Line> lines = new ArrayList<>();
    private final ColourScale colours;
    private final double level;
    private final double span;
    private final int columns;
    private final int scale;

    Legend(
            ImageFinding finding,
            AlgorithmIdentification algorithm,
            List<String> sides,
            ResultConfiguration configuration,
            int columns,
            int scale) {
        this.colours = new ColourScale(configuration.level(), configuration.span());
        this.level = configuration.level();
        this.span = configuration.span();
        this.columns = columns;
        this.scale = scale;
        wrap("RIGATINO " + algorithm.title(), LIGHT);
        wrap("SCORE " + decimal(finding.score(), 3) + " PERCENTILE " + decimal(finding.percentile(), 1), LIGHT);
        wrap(finding.flagged() ? "ABOVE THRESHOLD" : "BELOW THRESHOLD", LIGHT);
        sides.forEach(line -> wrap(line, LIGHT));
        wrap("OUTLINE >=" + plain(level), DifferencePicture.LINE);
        wrap("DIFFERENCE / NORMAL VARIATION", LIGHT);
    }

    /** Exact decimal digits, the same on every machine; cut, so that 100 is not reached by rounding. */
    static String decimal(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(digits, RoundingMode.FLOOR).toPlainString()
                : "?";
    }

    private void wrap(String text, int colour) {
        int fitting = Math.max(1, (columns / scale - 2 * MARGIN) / Glyphs.ADVANCE);
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > fitting) {
                lines.add(new Line(line.toString(), colour));
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(new Line(line.toString(), colour));
    }

    int rows() {
        return ((lines.size() + 2) * LINE + BAR + 3 * MARGIN) * scale;
    }

    void draw(RgbImage image, int firstRow) {
        image.fill(firstRow, 0, scale, columns, RULE);
        int row = firstRow + MARGIN * scale;
        text(image, WARNING, row, MARGIN * scale, AMBER);
        for (Line line : lines) {
            row += LINE * scale;
            text(image, line.text(), row, MARGIN * scale, line.colour());
        }
        row += LINE * scale;
        bar(image, row);
        row += (BAR + 2) * scale;
        String highest = ">=" + plain(level + span);
        text(image, plain(level), row, MARGIN * scale, LIGHT);
        text(image, highest, row, columns - MARGIN * scale - Glyphs.width(highest, scale), LIGHT);
    }

    private static String plain(double value) {
        return new BigDecimal(value)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private void text(RgbImage image, String text, int row, int column, int colour) {
        Glyphs.draw(image, text, row, column, scale, colour);
    }

    /** The colours as they come out over dark and over bright pixels. */
    private void bar(RgbImage image, int row) {
        int width = columns - 2 * MARGIN * scale;
        for (int x = 0; x < width; x++) {
            double departure = level + span * x / (width - 1);
            image.fill(row, MARGIN * scale + x, BAR / 2 * scale, 1, colours.over(48, departure));
            image.fill(row + BAR / 2 * scale, MARGIN * scale + x, BAR / 2 * scale, 1, colours.over(192, departure));
        }
    }
}
