package org.rigatino.page;

import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.audit.AuditRow;

/**
 * An HL7 message that was refused, as the trail tells it.
 *
 * @param claimed who it says to be of
 * @param place segment, or segment and field, as {@code PID-3}; null where the trail's words are another version's
 * @param words of the trail, in English
 */
public record RefusedHl7(Instant at, String address, String claimed, Why why, String place, String words) {
    private static final Pattern WORDS =
            Pattern.compile("answered A[ER], ([A-Z_]+): ([A-Z][A-Z0-9]{2}(?:\\(\\d+\\))?(?:-\\d+)?) .*");

    /** HL7 table 0357, as far as messages are answered so. */
    public enum Why {
        SEGMENT_SEQUENCE_ERROR,
        REQUIRED_FIELD_MISSING,
        DATA_TYPE_ERROR,
        TABLE_VALUE_NOT_FOUND,
        UNSUPPORTED_MESSAGE_TYPE,
        UNSUPPORTED_EVENT_CODE,
        UNSUPPORTED_PROCESSING_ID,
        UNSUPPORTED_VERSION_ID,
        UNKNOWN_KEY_IDENTIFIER,
        APPLICATION_INTERNAL_ERROR,
        /** Of another version. */
        UNKNOWN
    }

    static RefusedHl7 of(AuditRow row) {
        Matcher words = WORDS.matcher(row.detail());
        boolean known = words.matches();
        Why why = Arrays.stream(Why.values())
                .filter(one -> known && one.name().equals(words.group(1)))
                .findFirst()
                .orElse(Why.UNKNOWN);
        return new RefusedHl7(
                row.occurredAt(), row.address(), row.subject(), why, known ? words.group(2) : null, row.detail());
    }
}
