package org.rigatino.answer;

/**
 * A share with its interval of 95 % (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927), which takes what is counted for independent.
 *
 * @param count of those counted
 * @param all at least 1
 */
public record Proportion(long count, long all, double share, double low, double high) {
    /** Of the standard normal distribution, at 0.975. */
    private static final double Z = 1.959963984540054;

    /** Null where nothing is counted. */
    static Proportion of(long count, long all) {
        if (all == 0) {
            return null;
        }
        double share = (double) count / all;
        double middle = (share + Z * Z / (2 * all)) / (1 + Z * Z / all);
        double half = Z / (1 + Z * Z / all) * Math.sqrt(share * (1 - share) / all + Z * Z / (4.0 * all * all));
        double low = count == 0 ? 0 : middle - half;
        double high = count == all ? 1 : middle + half;
        return new Proportion(count, all, share, low, high);
    }
}
