package org.rigatino.learn.train;

import java.math.BigDecimal;

/** What numbers on the command line may be: said in one line, before anything is read. */
public final class OptionRange {
    private OptionRange() {}

    /** @throws IllegalArgumentException where it is none of those from one to the other */
    public static void whole(String option, long given, long least, long most) {
        if (given < least || given > most) {
            throw new IllegalArgumentException(
                    option + " " + given + ": it is a whole number from " + least + " to " + most);
        }
    }

    /** @throws IllegalArgumentException where it is none of those from one to the other, as what is not a number is none */
    static void number(String option, double given, double least, double most) {
        if (!(given >= least && given <= most)) {
            throw new IllegalArgumentException(
                    option + " " + given + ": it is a number from " + plain(least) + " to " + plain(most));
        }
    }

    /** @throws IllegalArgumentException where it is 0 or less, or more than that */
    static void above0(String option, double given, double most) {
        if (!(given > 0 && given <= most)) {
            throw new IllegalArgumentException(
                    option + " " + given + ": it is a number above 0, " + plain(most) + " at most");
        }
    }

    /** @throws IllegalArgumentException where it is 0 or less, or that or more */
    static void between0And(String option, double given, double end) {
        if (!(given > 0 && given < end)) {
            throw new IllegalArgumentException(
                    option + " " + given + ": it is a number above 0 and below " + plain(end));
        }
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
