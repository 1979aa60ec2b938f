package org.rigatino.result;

import java.util.BitSet;
import java.util.Optional;

/**
 * Where the legend of a picture lies: in the middle of the last rows, on every slice alike, unless something lies there that
 * it may not cover. Then as near to that place as there is room, else in the middle of the first rows, else anywhere. Not
 * safe for use by several threads.
 */
final class LegendPlace {
    /** Of the rows, that a legend takes at the most. */
    private static final int SHARE = 4;

    private final RgbImage image;
    private final BitSet taken;
    private final int step;

    /**
     * @param taken pixels that stay uncovered, row-major
     * @param step pixels between the places that are tried
     */
    LegendPlace(RgbImage image, BitSet taken, int step) {
        this.image = image;
        this.taken = taken;
        this.step = step;
    }

    /**
     * What finds no room is left out; where there is no room for the warning, it covers what it must: a picture without it
     * is worse.
     */
    void draw(Legend legend) {
        while (legend.rows() > image.rows() / SHARE && legend.shorten()) {}
        Optional<int[]> place = find(legend);
        while (place.isEmpty() && legend.shorten()) {
            place = find(legend);
        }
        int[] at = place.orElse(new int[] {image.rows() - legend.rows(), middle(legend)});
        legend.draw(image, Math.max(0, at[0]), Math.max(0, at[1]));
    }

    private int middle(Legend legend) {
        return (image.columns() - legend.columns()) / 2;
    }

    private Optional<int[]> find(Legend legend) {
        int last = image.rows() - legend.rows();
        int end = image.columns() - legend.columns();
        if (last < 0 || end < 0) {
            return Optional.empty();
        }
        for (int column : new int[] {middle(legend), 0, end}) {
            for (int away = 0; away <= image.rows() / 3 && away <= last; away += step) {
                if (isFree(legend, last - away, column)) {
                    return Optional.of(new int[] {last - away, column});
                }
            }
            for (int row = 0; row <= image.rows() / 3 && row <= last; row += step) {
                if (isFree(legend, row, column)) {
                    return Optional.of(new int[] {row, column});
                }
            }
        }
        return anywhere(legend, last, end);
    }

    private Optional<int[]> anywhere(Legend legend, int last, int end) {
        for (int row = last; row >= 0; row -= step) {
            for (int column = 0; column <= end; column += step) {
                if (isFree(legend, row, column)) {
                    return Optional.of(new int[] {row, column});
                }
            }
        }
        return Optional.empty();
    }

    private boolean isFree(Legend legend, int top, int left) {
        for (int row = top; row < top + legend.rows(); row++) {
            int first = row * image.columns() + left;
            int next = taken.nextSetBit(first);
            if (next >= 0 && next < first + legend.columns()) {
                return false;
            }
        }
        return true;
    }
}
