package org.rigatino.restore;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.UnreadableAttributeException;

/**
 * How old patients are.
 *
 * @param fromYears inclusive
 * @param belowYears exclusive
 */
public record AgeRange(double fromYears, double belowYears) {
    private static final double DAYS_IN_YEAR = 365.25;
    /** Older is what placeholders come to, as 1900-01-01. */
    private static final int OLDEST = 120;
    /** Value representation AS (PS3.5 6.2). */
    private static final Pattern AGE = Pattern.compile("(\\d{3})([DWMY])");

    public AgeRange {
        if (!(fromYears >= 0 && fromYears < belowYears)) {
            throw new IllegalArgumentException(
                    "ages are from " + fromYears + " to below " + belowYears + " years: none is in between");
        }
    }

    /** In years, as in {@code 1 – < 6} or {@code 0.5 – < 2}. */
    public String text() {
        return number(fromYears) + " – < " + number(belowYears);
    }

    private static String number(double years) {
        return BigDecimal.valueOf(years).stripTrailingZeros().toPlainString();
    }

    /** Whether the age is known and in the range. */
    boolean contains(Dataset header) {
        OptionalDouble years = years(header);
        return years.isPresent() && contains(years.getAsDouble());
    }

    public boolean contains(double years) {
        return years >= fromYears && years < belowYears;
    }

    /**
     * By Patient's Age, or where it is absent by the dates of birth and study; empty where neither tells: one of them cannot
     * be read, has several values, is one of {@link UnknownBirthDates}, or comes to more than {@value #OLDEST} years.
     */
    public static OptionalDouble years(Dataset header) {
        try {
            header.requireReadable(Tag.PatientAge, Tag.PatientBirthDate, Tag.StudyDate);
            String said = text(header, Tag.PatientAge);
            double years = said.isEmpty() ? betweenDates(header) : years(said);
            return years >= 0 && years <= OLDEST ? OptionalDouble.of(years) : OptionalDouble.empty();
        } catch (UnreadableAttributeException | DateTimeException e) {
            return OptionalDouble.empty();
        }
    }

    /** NaN where it is none. */
    private static double years(String said) {
        Matcher age = AGE.matcher(said);
        if (!age.matches()) {
            return Double.NaN;
        }
        int count = Integer.parseInt(age.group(1));
        return switch (age.group(2)) {
            case "D" -> count / DAYS_IN_YEAR;
            case "W" -> 7 * count / DAYS_IN_YEAR;
            case "M" -> count / 12.0;
            default -> count;
        };
    }

    /** NaN where the study is before the birth, or that is not known. */
    private static double betweenDates(Dataset header) {
        LocalDate birth = date(header, Tag.PatientBirthDate);
        LocalDate study = date(header, Tag.StudyDate);
        return UnknownBirthDates.has(birth) || study.isBefore(birth)
                ? Double.NaN
                : ChronoUnit.MONTHS.between(birth, study) / 12.0;
    }

    private static LocalDate date(Dataset header, int tag) {
        return LocalDate.parse(text(header, tag).replace(".", ""), DateTimeFormatter.BASIC_ISO_DATE);
    }

    /** Several values are none that is understood. */
    private static String text(Dataset header, int tag) {
        return String.join("\\", header.strings(tag));
    }
}
