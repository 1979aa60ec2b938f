package org.rigatino.page;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.rigatino.triage.WorklistView;

/** How templates write values. */
@TemplateExtension
final class Texts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Texts() {}

    /** ISO 8601 in the server's time zone. */
    static String local(Instant instant) {
        return TIME.format(instant);
    }

    /** With the decimal sign of the language. */
    static String decimals(double value, Language language) {
        return String.format(language.locale(), "%.1f", value);
    }

    /** {@code secondary capture}, the standard's word in any language. */
    static String words(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String score(double value, Language language) {
        return String.format(language.locale(), "%.3f", value);
    }

    /** Two units of time at most, by their symbols. */
    static String waiting(WorklistView entry) {
        Duration waiting = Duration.of((long) entry.waitingSeconds(), ChronoUnit.SECONDS);
        if (waiting.toDays() > 0) {
            return waiting.toDays() + " d " + waiting.toHoursPart() + " h";
        }
        return waiting.toHours() > 0
                ? waiting.toHours() + " h " + waiting.toMinutesPart() + " min"
                : waiting.toMinutes() + " min";
    }
}
