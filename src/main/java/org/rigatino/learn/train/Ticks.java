package org.rigatino.learn.train;

import java.util.Locale;

/**
 * An axis from one round number to another, with round numbers between: 1, 2 or 5 times a power of ten apart.
 *
 * @param first at the axis' beginning
 * @param step between two of them
 * @param count of them, both ends included
 */
record Ticks(double first, double step, int count) {
    /** Takes in both values. @param wanted about how many steps */
    static Ticks of(double lowest, double highest, int wanted) {
        double span = highest > lowest ? highest - lowest : Math.max(Math.abs(highest), 1e-6);
        double power = Math.pow(10, Math.floor(Math.log10(span / wanted)));
        double step = 10 * power;
        for (int multiple : new int[] {5, 2, 1}) {
            step = span / (multiple * power) <= wanted ? multiple * power : step;
        }
        double first = Math.floor(lowest / step + 1e-9) * step;
        int steps = (int) Math.ceil((highest - first) / step - 1e-9);
        return new Ticks(first, step, Math.max(steps, 1) + 1);
    }

    double[] all() {
        double[] all = new double[count];
        for (int i = 0; i < count; i++) {
            all[i] = first + i * step;
        }
        return all;
    }

    /** Where along the axis: 0 at its beginning, 1 at its end. */
    double share(double value) {
        return (value - first) / (step * (count - 1));
    }

    /** With as many decimals as tell two neighbours apart. */
    String text(double value) {
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return decimals > 6 || Math.abs(value) >= 1e7
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value) < step / 2 ? 0.0 : value);
    }
}
