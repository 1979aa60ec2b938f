package org.rigatino.restore;

/**
 * A number and its 95 % interval.
 *
 * @param value NaN where there is nothing to measure it on, the interval then too
 */
public record Estimate(double value, double low, double high) {
    public static final Estimate ABSENT = new Estimate(Double.NaN, Double.NaN, Double.NaN);

    public boolean present() {
        return !Double.isNaN(value);
    }

    public boolean contains(double other) {
        return low <= other && other <= high;
    }
}
