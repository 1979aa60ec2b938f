package org.rigatino.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Which answers are wanted.
 *
 * @param release NAME/VERSION that was answered; null for any
 * @param from first day, UTC, on which the study was finished; null for any
 * @param to first day that is left out; null for none
 */
record ExportFilter(String release, LocalDate from, LocalDate to) {
    /** @throws IllegalArgumentException where a value is none, or nothing can lie between the days */
    static ExportFilter of(String release, String from, String to) {
        if (release != null && !release.matches("[^/]+/[^/]+")) {
            throw new IllegalArgumentException("--release " + release + " is no NAME/VERSION");
        }
        ExportFilter filter = new ExportFilter(release, day("--from", from), day("--to", to));
        if (filter.from != null && filter.to != null && !filter.from.isBefore(filter.to)) {
            throw new IllegalArgumentException("--to is the first day that is left out, and not after --from");
        }
        return filter;
    }

    private static LocalDate day(String option, String value) {
        try {
            return value == null ? null : LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(option + " " + value + " is no date like 2026-11-29");
        }
    }

    boolean wants(AnsweredFrame answer) {
        return answer.usable()
                && (release == null || release.equals(answer.release()))
                && (from == null || !answer.finishedAt().isBefore(start(from)))
                && (to == null || answer.finishedAt().isBefore(start(to)));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** For the trail. */
    @Override
    public String toString() {
        return "release " + (release == null ? "any" : release) + ", finished from " + (from == null ? "any day" : from)
                + " to before " + (to == null ? "any day" : to);
    }
}
