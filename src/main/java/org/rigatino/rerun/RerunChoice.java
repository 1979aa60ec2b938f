package org.rigatino.rerun;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.finding.Priority;

/**
 * Which finished studies are judged again, of those that a release judged that does not serve any more. Null takes all.
 *
 * @param receivedFrom of the first instance; days are UTC's
 * @param modelDigest SHA-256 of the release whose findings stand, in hex
 */
public record RerunChoice(
        @Schema(description = "First Study Date, where it is on record") LocalDate studyDateFrom,
        @Schema(description = "Last Study Date") LocalDate studyDateTo,
        @Schema(description = "First day of reception, UTC") LocalDate receivedFrom,
        @Schema(description = "Last day of reception, UTC") LocalDate receivedTo,
        @Schema(description = "Calling AE Title of any of its images") String callingAeTitle,
        @Schema(description = "The most urgent of the revisions that stand") Priority priority,
        @Schema(description = "Of the release whose findings stand") String modelDigest) {
    /** Of every finished study. */
    public static final RerunChoice ALL = new RerunChoice(null, null, null, null, null, null, null);

    private static final Pattern AE_TITLE = Pattern.compile("[ -\\[\\]-~]{1,16}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException naming what is none, or cannot be together */
    public RerunChoice {
        requireOrder("studyDateFrom", studyDateFrom, "studyDateTo", studyDateTo);
        requireOrder("receivedFrom", receivedFrom, "receivedTo", receivedTo);
        if (callingAeTitle != null && !AE_TITLE.matcher(callingAeTitle).matches()) {
            throw RerunReason.NO_AE_TITLE.wrong("callingAeTitle");
        }
        if (modelDigest != null && !DIGEST.matcher(modelDigest).matches()) {
            throw RerunReason.NO_DIGEST.wrong("modelDigest");
        }
        if (priority == Priority.UNJUDGED) {
            throw RerunReason.NO_PRIORITY.wrong("priority");
        }
    }

    /** As the trail tells it: no patient data. */
    String told() {
        Map<String, Object> chosen = new LinkedHashMap<>();
        chosen.put("studyDateFrom", studyDateFrom);
        chosen.put("studyDateTo", studyDateTo);
        chosen.put("receivedFrom", receivedFrom);
        chosen.put("receivedTo", receivedTo);
        chosen.put("callingAeTitle", callingAeTitle);
        chosen.put("priority", priority);
        chosen.put("modelDigest", modelDigest);
        chosen.values().removeIf(Objects::isNull);
        return chosen.isEmpty()
                ? "of all"
                : chosen.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", ", "of ", ""));
    }

    /** Each as a request or a form has it; null and blank take all. */
    public static RerunChoice of(
            String studyDateFrom,
            String studyDateTo,
            String receivedFrom,
            String receivedTo,
            String callingAeTitle,
            String priority,
            String modelDigest) {
        return new RerunChoice(
                day("studyDateFrom", studyDateFrom),
                day("studyDateTo", studyDateTo),
                day("receivedFrom", receivedFrom),
                day("receivedTo", receivedTo),
                given(callingAeTitle),
                priority(given(priority)),
                given(modelDigest));
    }

    private static String given(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static LocalDate day(String name, String text) {
        try {
            return given(text) == null ? null : LocalDate.parse(given(text));
        } catch (DateTimeException e) {
            throw RerunReason.NO_DATE.wrong(name);
        }
    }

    private static Priority priority(String text) {
        try {
            return text == null ? null : Priority.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RerunReason.NO_PRIORITY.wrong("priority");
        }
    }

    private static void requireOrder(String first, LocalDate from, String last, LocalDate to) {
        if (from != null && to != null && from.isAfter(to)) {
            throw RerunReason.LATER.wrong(first, last);
        }
        requireYear(first, from);
        requireYear(last, to);
    }

    private static void requireYear(String name, LocalDate day) {
        if (day != null && (day.getYear() < 1 || day.getYear() > 9999)) {
            throw RerunReason.NO_DATE.wrong(name);
        }
    }
}
