package org.rigatino.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.dicom.Uids;

/**
 * Which rows of the trail; null, blank and empty are all.
 *
 * @param from inclusive, a time (ISO 8601 with Z) or a date, which is its first moment, UTC
 * @param to exclusive, the same
 * @param kinds any of them, as in {@link EventKind}; one text may hold several, with commas between
 * @param actor the whole name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuditFilter(String from, String to, String studyInstanceUid, List<String> kinds, String actor) {
    private static final Set<String> KINDS =
            Arrays.stream(EventKind.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));

    /** What the trail has in place of a value that stands in none of its rows. */
    static final String OF_NO_ROW = "of no row";

    /** As people, machines, accounts ({@code os:}) and identity providers name who acts: without a caret, {@code =}, comma or space. */
    private static final Pattern ACTOR = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}._@:|/\\\\+'-]{0,254}");

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
                        .flatMap(text -> Stream.of(text.split(",")))
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
            if (text == null) {
                return null;
            }
            OffsetDateTime time = text.contains("T")
                    ? Instant.parse(text).atOffset(ZoneOffset.UTC)
                    : LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
            if (time.getYear() < 1 || time.getYear() > 9999) {
                throw new DateTimeException("no year of a record");
            }
            return time.toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    text + " is neither a date like 2026-11-26 nor a time like 2026-11-26T07:00:00Z");
        }
    }

    /** The same of another study. */
    public AuditFilter ofStudy(String uid) {
        return new AuditFilter(from, to, uid, kinds, actor);
    }

    /**
     * The same as the trail may have it, which keeps what it is told for ever: a study or a name that stands in none of its rows
     * may be a patient's, typed into the wrong field, and is {@link #OF_NO_ROW}.
     *
     * @throws IllegalArgumentException where such a study is no UID (PS3.5 9.1), or nobody can act by such a name
     */
    AuditFilter onRecord(Connection connection) throws SQLException {
        return new AuditFilter(
                from, to, studyOnRecord(connection, studyInstanceUid), kinds, actorOnRecord(connection, actor));
    }

    /** Of the event of a look: null where it names none, or one of no row. */
    @JsonIgnore
    public String recordedStudy() {
        return OF_NO_ROW.equals(studyInstanceUid) ? null : studyInstanceUid;
    }

    /** Whether the trail has it without a value that stands in no row: another such value looks the same there. */
    @JsonIgnore
    public boolean isRecordedWhole() {
        return !OF_NO_ROW.equals(studyInstanceUid) && !OF_NO_ROW.equals(actor);
    }

    private static String studyOnRecord(Connection connection, String uid) throws SQLException {
        if (uid == null || stands(connection, "study_instance_uid", uid)) {
            return uid;
        }
        if (!Uids.isValid(uid)) {
            throw new IllegalArgumentException(
                    "\"study\" is no UID: that has 64 digits and dots at most, as in 1.2.840.10008 (PS3.5 9.1). Nothing was read"
                            + " or recorded. Studies are found by name, ID or accession number on the page alone, in the field of"
                            + " that name, which is not recorded");
        }
        return OF_NO_ROW;
    }

    private static String actorOnRecord(Connection connection, String actor) throws SQLException {
        if (actor == null || stands(connection, "actor", actor)) {
            return actor;
        }
        if (!ACTOR.matcher(actor).matches()) {
            throw new IllegalArgumentException(
                    "\"actor\" is no name that anybody acts by, a user's, a machine's, os:ACCOUNT or an identity provider's, and"
                            + " no row has it. Nothing was read or recorded");
        }
        return OF_NO_ROW;
    }

    private static boolean stands(Connection connection, String column, String value) throws SQLException {
        if (value.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        try (PreparedStatement find =
                connection.prepareStatement("select 1 from audit_event where " + column + " = ? limit 1")) {
            find.setString(1, value);
            try (ResultSet row = find.executeQuery()) {
                return row.next();
            }
        }
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
