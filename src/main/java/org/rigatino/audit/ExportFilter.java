package org.rigatino.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows are exported; null and empty are all.
 *
 * @param from inclusive
 * @param to exclusive
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ExportFilter(String from, String to, String studyInstanceUid, List<String> kinds) {
    ExportFilter {
        kinds = kinds == null ? List.of() : List.copyOf(kinds);
        time(from);
        time(to);
    }

    /** A date is its first moment, UTC. */
    private static Instant time(String text) {
        try {
            return text == null
                    ? null
                    : text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    text + " is neither a date like 2026-11-26 nor a time like 2026-11-26T07:00:00Z");
        }
    }

    @JsonIgnore
    boolean isWhole() {
        return from == null && to == null && studyInstanceUid == null && kinds.isEmpty();
    }

    /** SQL behind {@code where}; {@link #values} are its parameters. */
    String condition() {
        StringBuilder condition = new StringBuilder("true");
        condition.append(from == null ? "" : " and occurred_at >= ?");
        condition.append(to == null ? "" : " and occurred_at < ?");
        condition.append(studyInstanceUid == null ? "" : " and study_instance_uid = ?");
        condition.append(kinds.isEmpty() ? "" : " and kind = any (string_to_array(?, ','))");
        return condition.toString();
    }

    List<Object> values() {
        List<Object> values = new ArrayList<>();
        if (from != null) {
            values.add(time(from).atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            values.add(time(to).atOffset(ZoneOffset.UTC));
        }
        if (studyInstanceUid != null) {
            values.add(studyInstanceUid);
        }
        if (!kinds.isEmpty()) {
            values.add(String.join(",", kinds));
        }
        return values;
    }
}
