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

/**
 * How old patients are.
 *
 * @param fromYears inclusive
 * @param belowYears exclusive
 */
public record AgeRange(double fromYears, double belowYears) {
    private static final double DAYS_IN_YEAR = 365.25;
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

    /** By Patient's Age, or where it is absent by the dates of birth and study; empty where neither can be read. */
    public static OptionalDouble years(Dataset header) {
        Matcher age = AGE.matcher(header.string(Tag.PatientAge).orElse(""));
        if (age.matches()) {
            int count = Integer.parseInt(age.group(1));
            return OptionalDouble.of(
                    switch (age.group(2)) {
                        case "D" -> count / DAYS_IN_YEAR;
                        case "W" -> 7 * count / DAYS_IN_YEAR;
                        case "M" -> count / 12.0;
                        default -> count;
                    });
        }
        return header.string(Tag.PatientAge).orElse("").isEmpty() ? betweenDates(header) : OptionalDouble.empty();
    }

    private static OptionalDouble betweenDates(Dataset header) {
        try {
            LocalDate birth = date(header, Tag.PatientBirthDate);
            LocalDate study = date(header, Tag.StudyDate);
            return study.isBefore(birth)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(ChronoUnit.MONTHS.between(birth, study) / 12.0);
        } catch (DateTimeException e) {
            return OptionalDouble.empty();
        }
    }

    private static LocalDate date(Dataset header, int tag) {
        return LocalDate.parse(header.string(tag).orElse("").replace(".", ""), DateTimeFormatter.BASIC_ISO_DATE);
    }
}
