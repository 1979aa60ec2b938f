package org.rigatino.result;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rigatino.finding.ImageFinding;

/**
 * What a picture is, who made it and what its colours mean: a block of lettering over a dimmed ground. Where there is little
 * room, what matters least is left out; the warning and what is said of the sides never.
 */
final class Legend {
    /** Dots of the longest word, with the margins: a picture of fewer columns is too small for letters. */
    static final int LEAST_DOTS = 64;

    static final int RULE = 0x606060;
    private static final int MARGIN = 2;
    private static final int LINE = Glyphs.HEIGHT + 2;
    private static final int AMBER = 0xFFB000;
    private static final int LIGHT = 0xE0E0E0;
    /** Wider than this a block reaches into the corners, where viewers write: two thirds of the picture. */
    private static final double WIDEST = 2 / 3.0;

    /** A line of a small picture may be this long wherever it reaches. */
    private static final int CHARACTERS = 42;

    /** Stands for the colour scale among words. */
    private static final String BAR = "\n".repeat(6);

    /** @param rank 0 for what is never left out */
    private record Item(int rank, String text, int colour) {}

    private record Words(String text, int colour, int start) {}

    private final List<Item> items = new ArrayList<>();
    private final ColourScale colours;
    private final double level;
    private final double span;
    private final int scale;
    private final int fitting;
    private List<List<Words>> lines;

    /**
     * @param sides as {@link Overlay#sides}
     * @param columns of the picture
     * @param scale pixels a dot of the letters
     */
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
        this.scale = scale;
        int all = (columns / scale - 2 * MARGIN + 1) / Glyphs.ADVANCE;
        this.fitting = Math.max(1, Math.min(all, Math.max(CHARACTERS, (int) (WIDEST * all))));
        boolean narrow = fitting < Equipment.WARNING.length();
        items.add(new Item(0, narrow ? RestoredMark.WARNING : Equipment.WARNING, AMBER));
        items.add(new Item(4, algorithm.title(), LIGHT));
        items.add(new Item(5, "SCORE " + decimal(finding.score(), 3), LIGHT));
        items.add(new Item(2, "PERCENTILE " + decimal(finding.percentile(), 1), LIGHT));
        items.add(new Item(3, finding.flagged() ? "ABOVE THRESHOLD" : "BELOW THRESHOLD", LIGHT));
        sides.forEach(side -> items.add(new Item(0, side, LIGHT)));
        String scaleText = plain(level) + " " + BAR + " >=" + plain(level + span);
        String whole = scaleText + " TIMES NORMAL";
        items.add(new Item(1, whole.length() <= fitting ? whole : scaleText, LIGHT));
        lines = flowed();
    }

    /** Exact decimal digits, the same on every machine; cut, so that 100 is not reached by rounding. */
    static String decimal(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(digits, RoundingMode.FLOOR).toPlainString()
                : "?";
    }

    private static String plain(double value) {
        return new BigDecimal(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Items side by side where they fit whole, else below one another; one that is longer than a line is wrapped. */
    private List<List<Words>> flowed() {
        List<List<Words>> flowed = new ArrayList<>();
        int used = fitting;
        for (Item item : items) {
            for (String part : parts(item.text())) {
                boolean beside = used > 0 && used + 2 + part.length() <= fitting;
                if (!beside) {
                    flowed.add(new ArrayList<>());
                }
                int start = beside ? used + 2 : 0;
                flowed.get(flowed.size() - 1).add(new Words(part, item.colour(), start));
                used = start + part.length();
            }
        }
        return flowed;
    }

    private List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String word : text.length() <= fitting ? new String[] {text} : text.split("(?<=-)| ")) {
            int last = parts.size() - 1;
            if (last >= 0 && parts.get(last).endsWith("-") && parts.get(last).length() + word.length() <= fitting) {
                parts.set(last, parts.get(last) + word);
            } else if (last >= 0 && parts.get(last).length() + 1 + word.length() <= fitting) {
                parts.set(last, parts.get(last) + " " + word);
            } else {
                parts.add(word);
            }
        }
        return parts;
    }

    /** Leaves out what matters least. @return whether anything was left that could be */
    boolean shorten() {
        Optional<Item> least = items.stream().filter(item -> item.rank() > 0).max(Comparator.comparingInt(Item::rank));
        least.ifPresent(items::remove);
        lines = flowed();
        return least.isPresent();
    }

    int rows() {
        return (lines.size() * LINE + MARGIN) * scale;
    }

    int columns() {
        int longest = lines.stream().mapToInt(Legend::length).max().orElse(0);
        return Glyphs.width(longest, scale) + (2 * MARGIN - 1) * scale;
    }

    private static int length(List<Words> line) {
        Words last = line.get(line.size() - 1);
        return last.start() + last.text().length();
    }

    /** @param left column, and {@code top} row, of the block's first pixel */
    void draw(RgbImage image, int top, int left) {
        image.dim(top, left, rows(), columns());
        int row = top + MARGIN * scale;
        for (List<Words> line : lines) {
            int first = left + (columns() - Glyphs.width(length(line), scale) + scale) / 2;
            for (Words words : line) {
                write(image, words, row, first + Glyphs.width(words.start(), scale));
            }
            row += LINE * scale;
        }
    }

    private void write(RgbImage image, Words words, int row, int column) {
        int bar = words.text().indexOf(BAR);
        Glyphs.draw(image, words.text().replace('\n', ' '), row, column, scale, words.colour());
        if (bar >= 0) {
            bar(image, row, column + Glyphs.width(bar, scale), Glyphs.width(BAR.length(), scale) - scale);
        }
    }

    /** The colours as they come out over dark and over bright pixels, in the line that encloses them. */
    private void bar(RgbImage image, int row, int column, int width) {
        image.fill(row, column, Glyphs.HEIGHT * scale, width, DifferencePicture.LINE);
        int inside = width - 2 * scale;
        int height = (Glyphs.HEIGHT - 2) * scale;
        for (int x = 0; x < inside; x++) {
            double departure = level + span * x / (inside - 1);
            int at = column + scale + x;
            image.fill(row + scale, at, height / 2, 1, colours.over(48, departure));
            image.fill(row + scale + height / 2, at, height - height / 2, 1, colours.over(192, departure));
        }
    }
}
