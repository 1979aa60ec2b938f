package org.rigatino.identity;

import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.audit.AuditRow;

/**
 * A correction of a patient that was not applied, or counts no more, as the trail tells it.
 *
 * @param studyInstanceUid null where it was of none
 * @param message its number; null where it was not kept, or it was no message
 * @param sentBy null where it was no message
 */
public record NotCorrected(Instant at, String studyInstanceUid, Long message, String sentBy, Why why) {
    private static final Pattern MESSAGE = Pattern.compile("message (\\d+)");

    /** As the trail has it. */
    public enum Why {
        ANOTHER_PERSON,
        SEVERAL_MERGES,
        SEVERAL_PERSONS,
        EARLIER_THAN_IMAGES,
        TOO_MANY_MESSAGES,
        /** Of patients whom messages join, not all studies were shown anew. */
        TOO_MANY_JOINED,
        NOBODYS_ID,
        IMAGES_SAY_OTHERWISE,
        UPDATES_OFF,
        TAKEN_BACK_BEFORE,
        /** Of another version. */
        UNKNOWN
    }

    public static NotCorrected of(AuditRow row) {
        Matcher message = MESSAGE.matcher(row.detail());
        return new NotCorrected(
                row.occurredAt(),
                row.studyInstanceUid(),
                message.find() ? Long.valueOf(message.group(1)) : null,
                row.subject(),
                why(row.detail()));
    }

    static Why why(String detail) {
        return Arrays.stream(Why.values())
                .filter(why -> detail.matches("(.*[, ])?" + why + "([,:].*)?"))
                .findFirst()
                .orElse(Why.UNKNOWN);
    }
}
