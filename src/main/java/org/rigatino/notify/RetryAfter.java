package org.rigatino.notify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The Retry-After field of an answer (RFC 9110 10.2.3). */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private RetryAfter() {}

    /** @return not negative; empty where the value is neither seconds nor a date */
    public static Optional<Duration> of(String value, Instant now) {
        String text = value.strip();
        if (text.matches("\\d+")) {
            return Optional.of(text.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(text)));
        }
        return formats(now).stream()
                .flatMap(format -> parsed(text, format).stream())
                .findFirst()
                .map(at -> at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    }

    private static Optional<Instant> parsed(String text, DateTimeFormatter format) {
        try {
            return Optional.of(Instant.from(format.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** HTTP-date (RFC 9110 5.6.7): the one to write and the two obsolete ones, whose two-digit year is at most 50 ahead. */
    private static List<DateTimeFormatter> formats(Instant now) {
        LocalDate base = now.atZone(ZoneOffset.UTC).toLocalDate().minusYears(49);
        return List.of(
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC),
                new DateTimeFormatterBuilder()
                        .appendPattern("EEEE, dd-MMM-")
                        .appendValueReduced(ChronoField.YEAR, 2, 2, base)
                        .appendPattern(" HH:mm:ss 'GMT'")
                        .toFormatter(Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC),
                new DateTimeFormatterBuilder()
                        .appendPattern("EEE MMM ")
                        .padNext(2)
                        .appendPattern("d HH:mm:ss yyyy")
                        .toFormatter(Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC));
    }
}
