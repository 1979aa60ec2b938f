package org.rigatino.dicomweb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Beside which study, and for whom, an earlier one was asked for.
 *
 * @param studyInstanceUid of the later one
 * @param patient {@link org.rigatino.identity.EarlierPatients#number}; 0, which nobody has, of what was asked before schema 61
 */
public record EarlierThan(String studyInstanceUid, long patient) {
    private static final Pattern ID = Pattern.compile("(\\S+) (?:(\\d+) )?\\S+ .+");

    /** As {@link #id} wrote it. */
    static EarlierThan of(String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            throw new IllegalStateException("a retrieval of an earlier study is identified by what names no later one");
        }
        return new EarlierThan(parts.group(1), parts.group(2) == null ? 0 : Long.parseLong(parts.group(2)));
    }

    /** Of the retrieval of a study from a source. */
    String id(String earlier, String source) {
        return String.join(" ", studyInstanceUid, Long.toString(patient), earlier, source);
    }
}
