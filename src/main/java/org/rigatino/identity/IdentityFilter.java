package org.rigatino.identity;

import io.quarkus.security.ForbiddenException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whose studies are wanted; what is null lets all through. No character is a wild card.
 *
 * @param search beginning of a name's words, of an ID or of an accession number
 * @param name beginnings of a name's words
 * @param patientId the whole, in any case
 * @param accession the whole, in any case
 * @param from first day of Study Date
 * @param to last day of Study Date
 */
public record IdentityFilter(
        String search, String name, String patientId, String accession, LocalDate from, LocalDate to) {
    public static final IdentityFilter NONE = new IdentityFilter(null, null, null, null, null, null);

    /** Somebody may not know what they look for. The message tells nothing of what is recorded. */
    public static final class NotForThemException extends ForbiddenException {
        NotForThemException(String parameter) {
            super(
                    "you are not shown what " + parameter
                            + " looks for, so you cannot look for it: rigatino.page.identity and your roles say how much you are shown");
        }
    }

    /**
     * Blank values are taken for absent, as a form sends them.
     *
     * @throws IllegalArgumentException where a date is none, or no day can lie between the two
     */
    public static IdentityFilter of(
            String search, String name, String patientId, String accession, String from, String to) {
        IdentityFilter filter = new IdentityFilter(
                text(search), text(name), text(patientId), text(accession), day("from", from), day("to", to));
        if (filter.from != null && filter.to != null && filter.to.isBefore(filter.from)) {
            throw new IllegalArgumentException("to is before from: no study lies between");
        }
        return filter;
    }

    private static String text(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static LocalDate day(String parameter, String value) {
        try {
            LocalDate day = text(value) == null ? null : LocalDate.parse(text(value));
            if (day != null && (day.getYear() < 1 || day.getYear() > 9999)) {
                throw new DateTimeException("no year of VR DA");
            }
            return day;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(parameter + " is no date like 2026-11-29");
        }
    }

    public boolean isEmpty() {
        return Stream.of(search, name, patientId, accession, from, to).allMatch(Objects::isNull);
    }

    /** @throws NotForThemException where it looks for what somebody of this level is not shown */
    public void require(IdentityLevel level) {
        if (level != IdentityLevel.FULL) {
            refuse("name", name);
            refuse("patientId", patientId);
            refuse("from", from);
            refuse("to", to);
        }
        if (level == IdentityLevel.NONE) {
            refuse("search", search);
            refuse("accession", accession);
        }
    }

    private static void refuse(String parameter, Object value) {
        if (value != null) {
            throw new NotForThemException(parameter);
        }
    }

    /** Conditions of SQL on {@code i}, a row of study_identity. */
    public List<String> conditions(IdentityLevel level) {
        List<String> conditions = new ArrayList<>();
        questions(level)
                .forEach((parameter, question) ->
                        conditions.add(question == null ? "false" : "i.words @@ cast(:" + parameter + " as tsquery)"));
        if (from != null) {
            conditions.add("i.study_day >= :from");
        }
        if (to != null) {
            conditions.add("i.study_day <= :to");
        }
        return conditions;
    }

    public Map<String, Object> parameters(IdentityLevel level) {
        Map<String, Object> parameters = new HashMap<>(questions(level));
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.values().removeIf(Objects::isNull);
        return parameters;
    }

    /** By parameter; null where it looks for nothing that can be found. */
    private Map<String, String> questions(IdentityLevel level) {
        Map<String, String> questions = new HashMap<>();
        if (search != null) {
            questions.put("search", SearchWords.any(search, level));
        }
        if (name != null) {
            questions.put("name", SearchWords.all(SearchWords.ofName(name), true));
        }
        if (patientId != null) {
            questions.put("patientId", SearchWords.all(SearchWords.ofNumber(SearchWords.ID, patientId), false));
        }
        if (accession != null) {
            questions.put("accession", SearchWords.all(SearchWords.ofNumber(SearchWords.ACCESSION, accession), false));
        }
        return questions;
    }
}
