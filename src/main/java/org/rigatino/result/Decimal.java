package org.rigatino.result;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Measured numbers as people and systems are told them. */
public final class Decimal {
    private static final int LEAST = 3;
    /** "0." and these are as long as DS (PS3.5 6.2) and NM (HL7 2.5.1 2.A.47) may be. */
    private static final int MOST_PLACES = 14;

    private Decimal() {}

    /** To three places, or three significant digits where those are finer, so that what is little is not nothing. */
    public static String of(double value) {
        BigDecimal exact = new BigDecimal(value);
        int significant = exact.scale() - exact.precision() + LEAST;
        return exact.setScale(Math.min(Math.max(LEAST, significant), MOST_PLACES), RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
