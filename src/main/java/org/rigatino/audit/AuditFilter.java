package org.rigatino.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which rows of the trail; null, blank and empty are all.
 *
 * @param from inclusive, a time (ISO 8601 with Z) or a date, which is its first moment, UTC
 * @param to exclusive, the same
 * @param kinds any of them, as in {@link EventKind}
 * @param actor the whole name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuditFilter(String from, String to, String studyInstanceUid, List<String> kinds, String actor) {
    private static final Set<String> KINDS =
            Arrays.stream(EventKind.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));

    /** Every row. */
    public static final AuditFilter ALL = new AuditFilter(null, null, null, List.of(), null);

    /** @throws IllegalArgumentException where a time or a kind is none, or nothing can lie between the two times */
    public AuditFilter {
        from = said(from);
        to = said(to);
        studyInstanceUid = said(studyInstanceUid);
        kinds = kinds == null
                ? List.of()
                : kinds.stream()
                        .map(String::strip)
                        .filter(kind -> !kind.isEmpty())
                        .toList();
        actor = said(actor);
        kinds.forEach(AuditFilter::requireKind);
        time(from);
        time(to);
        requireOrder(from, to);
    }

    private static void requireKind(String name) {
        if (!KINDS.contains(name)) {
            throw new IllegalArgumentException(
                    "no event is of kind " + name + "; kinds are " + String.join(", ", KINDS));
        }
    }

    private static void requireOrder(String from, String to) {
        if (from != null && to != null && !time(from).isBefore(time(to))) {
            throw new IllegalArgumentException("from " + from + " is not before to " + to
                    + ", which is left out itself: no event can lie between them");
        }
    }

    private static String said(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

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

    /** The same of another study. */
    public AuditFilter ofStudy(String uid) {
        return new AuditFilter(from, to, uid, kinds, actor);
    }

    @JsonIgnore
    public boolean isWhole() {
        return equals(ALL);
    }

    /** SQL behind {@code where}; {@link #values} are its parameters. One kind is asked by =, which an index orders. */
    String condition() {
        StringBuilder condition = new StringBuilder("true");
        condition.append(from == null ? "" : " and occurred_at >= ?");
        condition.append(to == null ? "" : " and occurred_at < ?");
        condition.append(studyInstanceUid == null ? "" : " and study_instance_uid = ?");
        condition.append(
                kinds.isEmpty()
                        ? ""
                        : kinds.size() == 1 ? " and kind = ?" : " and kind = any (string_to_array(?, ','))");
        condition.append(actor == null ? "" : " and actor = ?");
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
        if (actor != null) {
            values.add(actor);
        }
        return values;
    }
}
