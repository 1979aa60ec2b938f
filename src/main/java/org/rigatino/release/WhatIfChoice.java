package org.rigatino.release;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is supposed of a release, and of what is asked what it would change. Null leaves a thing as it is, or takes all.
 *
 * @param falseAlarmsPer100 normal studies, above 0 and below 100
 * @param threshold score at and above which an image is flagged
 * @param modality that the release's rule would take, in place of its own
 * @param receivedFrom first day; days are UTC's
 * @param callingAeTitle that sent any image of a study
 * @param before id after which the list of changed studies goes on
 */
public record WhatIfChoice(
        Double falseAlarmsPer100,
        Double threshold,
        List<String> modality,
        LocalDate receivedFrom,
        LocalDate receivedTo,
        String callingAeTitle,
        Long before) {
    private static final Pattern AE_TITLE = Pattern.compile("[ -\\[\\]-~]{1,16}");
    private static final Pattern MODALITY = Pattern.compile("[A-Z0-9_ ]{1,16}");

    /** @throws IllegalArgumentException naming what is none, or cannot be together */
    public WhatIfChoice {
        if (falseAlarmsPer100 != null && !(falseAlarmsPer100 > 0 && falseAlarmsPer100 < 100)) {
            throw WhatIfReason.NO_FALSE_ALARMS.wrong();
        }
        if (threshold != null && !Double.isFinite(threshold)) {
            throw WhatIfReason.NO_THRESHOLD.wrong();
        }
        if (modality != null
                && !modality.stream().allMatch(value -> MODALITY.matcher(value).matches())) {
            throw WhatIfReason.NO_MODALITY.wrong();
        }
        if (callingAeTitle != null && !AE_TITLE.matcher(callingAeTitle).matches()) {
            throw WhatIfReason.NO_AE_TITLE.wrong();
        }
        if (receivedFrom != null && receivedTo != null && receivedFrom.isAfter(receivedTo)) {
            throw WhatIfReason.LATER.wrong("receivedFrom", "receivedTo");
        }
        requireYear("receivedFrom", receivedFrom);
        requireYear("receivedTo", receivedTo);
        modality = modality == null ? null : List.copyOf(modality);
    }

    private static void requireYear(String name, LocalDate day) {
        if (day != null && (day.getYear() < 1 || day.getYear() > 9999)) {
            throw WhatIfReason.NO_DATE.wrong(name);
        }
    }

    /** Each as a request or a form has it; null and blank leave it out. */
    public static WhatIfChoice of(
            String falseAlarmsPer100,
            String threshold,
            String modality,
            String receivedFrom,
            String receivedTo,
            String callingAeTitle,
            String before) {
        return new WhatIfChoice(
                number("falseAlarmsPer100", given(falseAlarmsPer100)),
                number("threshold", given(threshold)),
                list(given(modality)),
                day("receivedFrom", given(receivedFrom)),
                day("receivedTo", given(receivedTo)),
                given(callingAeTitle),
                id(given(before)));
    }

    /** Whether it supposes anything. */
    public boolean isAnything() {
        return falseAlarmsPer100 != null || threshold != null || modality != null;
    }

    private static String given(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static Double number(String name, String text) {
        try {
            return text == null ? null : Double.valueOf(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            throw WhatIfReason.NO_NUMBER.wrong(name);
        }
    }

    private static List<String> list(String text) {
        return text == null
                ? null
                : Arrays.stream(text.toUpperCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .toList();
    }

    private static LocalDate day(String name, String text) {
        try {
            LocalDate day = text == null ? null : LocalDate.parse(text);
            if (day != null && (day.getYear() < 1 || day.getYear() > 9999)) {
                throw new DateTimeException("no year of a record");
            }
            return day;
        } catch (DateTimeException e) {
            throw WhatIfReason.NO_DATE.wrong(name);
        }
    }

    private static Long id(String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw WhatIfReason.NO_PLACE.wrong();
        }
    }
}
