package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;

/**
 * What tells a restored image from an examination, as pixels: RESTORED in the middle of the first rows, NOT FOR DIAGNOSIS in
 * the middle of the last, each on a box of its own. Corners are left to what viewers write there. Made smaller to some 128
 * pixels, a dot of the letters is about a pixel still.
 */
public final class RestoredMark {
    private static final String KIND = "RESTORED";
    /** {@link Equipment#WARNING} where there is little room. */
    static final String WARNING = "NOT FOR DIAGNOSIS";
    /** Of the image's longer side, in pixels, a dot. */
    private static final double PIXELS_PER_DOT = 128;

    private static final int MARGIN = 2;
    private static final int LONGEST_WORD = 9;
    private static final int LEAST_COLUMNS = LONGEST_WORD * Glyphs.ADVANCE + 2 * MARGIN;
    /** Dots of both boxes where each has a line, and as many between them. */
    private static final int LEAST_ROWS = 4 * (Glyphs.HEIGHT + 2 * MARGIN);

    private static final int BOX = 0x010101;
    private static final int TEXT = 0xFFFFFF;

    private final RgbImage picture;
    private final int scale;

    private RestoredMark(int rows, int columns) {
        picture = new RgbImage(rows, columns);
        int wanted = (int) Math.round(Math.max(rows, columns) / PIXELS_PER_DOT);
        scale = Math.max(1, Math.min(wanted, Math.min(columns / LEAST_COLUMNS, rows / LEAST_ROWS)));
        write(List.of(KIND), 0);
        List<String> warning = lines(columns);
        write(warning, rows - height(warning));
    }

    /** The mark of every restored image of this size. */
    public static RestoredMark of(int rows, int columns) {
        return new RestoredMark(rows, columns);
    }

    private List<String> lines(int columns) {
        int fitting = (columns / scale - 2 * MARGIN) / Glyphs.ADVANCE;
        List<String> lines = new ArrayList<>();
        for (String word : WARNING.split(" ")) {
            int last = lines.size() - 1;
            if (last >= 0 && lines.get(last).length() + 1 + word.length() <= fitting) {
                lines.set(last, lines.get(last) + " " + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    private int height(List<String> lines) {
        return (lines.size() * (Glyphs.HEIGHT + MARGIN) + MARGIN) * scale;
    }

    private void write(List<String> lines, int top) {
        int longest = lines.stream().mapToInt(String::length).max().orElseThrow();
        int width = Glyphs.width(longest, scale) + (2 * MARGIN - 1) * scale;
        picture.fill(top, (picture.columns() - width) / 2, height(lines), width, BOX);
        int row = top + MARGIN * scale;
        for (String line : lines) {
            int start = (picture.columns() - Glyphs.width(line.length(), scale) + scale) / 2;
            // Whole dots from the edge, so that a thumbnail's pixels do not divide them.
            Glyphs.draw(picture, line, row, start - start % scale, scale, TEXT);
            row += (Glyphs.HEIGHT + MARGIN) * scale;
        }
    }

    /** @param pixel row-major. Whether the mark hides what the model drew there */
    public boolean covers(int pixel) {
        return picture.rgb()[3 * pixel] != 0;
    }

    /** @param samples of an image of this size, row-major: box and letters are written over them */
    void burn(short[] samples, short box, short text) {
        for (int i = 0; i < samples.length; i++) {
            if (covers(i)) {
                samples[i] = picture.rgb()[3 * i] == (byte) TEXT ? text : box;
            }
        }
    }
}
