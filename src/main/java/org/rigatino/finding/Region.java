package org.rigatino.finding;

import java.util.List;

/**
 * Pixels of one frame that touch each other, corners included, and whose departure reaches the level.
 *
 * @param label 1 for the first of its frame
 * @param pixels how many
 * @param highest largest departure in it, in units of the normals' spread
 * @param mean departure
 * @param contour its outer pixels in order, each once at least
 * @param outline the edges of its pixels
 */
public record Region(int label, int pixels, double highest, double mean, List<Pixel> contour, Outline outline) {
    /** Both from 0. */
    public record Pixel(int row, int column) {}
}
