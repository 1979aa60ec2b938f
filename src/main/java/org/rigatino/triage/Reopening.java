package org.rigatino.triage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why an acknowledged study came back by itself, as its entry has it.
 *
 * @param what the revision came to
 * @param by who had acknowledged the study
 */
record Reopening(int revision, String what, String by) {
    private static final Pattern TEXT = Pattern.compile("revision (\\d{1,9}) (.+), after (.+) had acknowledged it");

    /** Empty where there is none, or a person opened it again. */
    static Optional<Reopening> of(String because) {
        Matcher text = TEXT.matcher(because == null ? "" : because);
        return text.matches()
                ? Optional.of(new Reopening(Integer.parseInt(text.group(1)), text.group(2), text.group(3)))
                : Optional.empty();
    }

    Reopening of(int other) {
        return new Reopening(other, what, by);
    }

    String text() {
        return "revision " + revision + " " + what + ", after " + by + " had acknowledged it";
    }
}
