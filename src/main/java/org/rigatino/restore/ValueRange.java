package org.rigatino.restore;

/**
 * Values of a frame that its model tells apart, in modality units. A frame without contrast has one value, as both.
 *
 * @param darkest the network sees it, and all that is darker, as -1
 * @param brightest the network sees it, and all that is brighter, as 1
 */
public record ValueRange(double darkest, double brightest) {
    /** Share of the range over which a change takes away what lies beyond the range. */
    private static final double FADE = 0.125;

    /** @param value in the network's units */
    double of(double value) {
        return darkest + (value + 1) / 2 * (brightest - darkest);
    }

    /**
     * A value after the network's change. What lies beyond the range keeps its distance from it where the network left
     * the end of the range as it was, and loses it by as much as that was moved.
     *
     * @param change in the network's units, of which the range has 2
     */
    double changed(double value, double change) {
        double within = Math.min(brightest, Math.max(darkest, value));
        double kept = Math.max(0, 1 - Math.abs(change) / 2 / FADE);
        return within + change * (brightest - darkest) / 2 + (value - within) * kept;
    }
}
