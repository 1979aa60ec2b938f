package org.rigatino.hl7.listen;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DTM of HL7 2.5.1 2.A.22, from its day on; without an offset it is of this machine's zone. */
final class Times {
    private static final Pattern TIME =
            Pattern.compile("(\\d{8})(\\d\\d)?(\\d\\d)?(\\d\\d)?(\\.\\d{1,4})?([+-]\\d{4})?");

    private static final DateTimeFormatter WHOLE =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    /** Without fractions of a second; empty where it is no time. */
    static Optional<Instant> parse(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder(time.group(1));
        for (int group = 2; group <= 4; group++) {
            digits.append(time.group(group) == null ? "00" : time.group(group));
        }
        try {
            ZoneId zone = time.group(6) == null ? ZoneId.systemDefault() : ZoneOffset.of(time.group(6));
            return Optional.of(LocalDateTime.parse(digits, WHOLE).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
