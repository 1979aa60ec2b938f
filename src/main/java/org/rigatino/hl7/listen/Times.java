package org.rigatino.hl7.listen;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.hl7.Hl7ListenConfiguration;

/** DTM of HL7 2.5.1 2.A.22, from its day on; without an offset it is of the site's zone. */
final class Times {
    private static final Pattern TIME =
            Pattern.compile("(\\d{8})(\\d\\d)?(\\d\\d)?(\\d\\d)?(\\.\\d{1,4})?([+-]\\d{4})?");

    private static final DateTimeFormatter WHOLE =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    /** By how many of hour, minute and second are said. */
    private static final ChronoUnit[] UNITS = {ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS
    };

    private Times() {}

    /**
     * A time as exactly as it is said.
     *
     * @param from its first instant
     * @param until its last: of the second, the minute, the hour or the day
     */
    record Span(Instant from, Instant until) {}

    /** @throws ConfigurationException that names the property */
    static ZoneId zone(Hl7ListenConfiguration settings) {
        try {
            return settings.timeZone().map(ZoneId::of).orElseGet(ZoneId::systemDefault);
        } catch (DateTimeException e) {
            throw new ConfigurationException(MllpRules.PREFIX + "time-zone: "
                    + settings.timeZone().orElseThrow() + " is no time zone, as Europe/Berlin or +01:00");
        }
    }

    /**
     * Without fractions of a second; empty where it is no time.
     *
     * @param otherwise zone of what has no offset
     */
    static Optional<Span> parse(String text, ZoneId otherwise) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder(time.group(1));
        int said = 0;
        for (int group = 2; group <= 4; group++) {
            said += time.group(group) == null ? 0 : 1;
            digits.append(time.group(group) == null ? "00" : time.group(group));
        }
        try {
            ZoneId zone = time.group(6) == null ? otherwise : ZoneOffset.of(time.group(6));
            ZonedDateTime from = LocalDateTime.parse(digits, WHOLE).atZone(zone);
            Instant next = from.plus(1, UNITS[said]).toInstant();
            return Optional.of(new Span(from.toInstant(), next.minus(1, ChronoUnit.MICROS)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
