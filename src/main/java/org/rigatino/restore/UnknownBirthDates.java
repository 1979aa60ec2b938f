package org.rigatino.restore;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Dates that senders write as Patient's Birth Date where it is not known: they make no age. Of the whole process. */
public final class UnknownBirthDates {
    private static volatile Set<LocalDate> inForce = Set.of();

    private UnknownBirthDates() {}

    /** From now on: when a process or a command starts. @param dates YYYYMMDD; what is no date makes no age anyway */
    public static void enforce(Collection<String> dates) {
        inForce = dates.stream()
                .map(UnknownBirthDates::date)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static boolean has(LocalDate date) {
        return inForce.contains(date);
    }
}
