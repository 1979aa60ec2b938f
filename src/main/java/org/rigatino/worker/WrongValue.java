package org.rigatino.worker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A setting's value that cannot be read, as SmallRye Config tells of it and as a person reads it. */
final class WrongValue {
    private static final Pattern TOLD = Pattern.compile(
            "SRCFG00039: The config property (\\S+) with the config value \"(.*?)\" threw an Exception whilst being"
                    + " converted ?(.*)",
            Pattern.DOTALL);
    private static final Pattern UNKNOWN = Pattern.compile("SRCFG00050: (\\S+) in .* does not map to any root");
    private static final Pattern EMPTY =
            Pattern.compile("SRCFG00040: The config property (\\S+) is defined as the empty");
    private static final Pattern ALLOWED = Pattern.compile("allowed values: (.*)", Pattern.DOTALL);
    private static final Pattern NOISE = Pattern.compile("SRCFG\\d{5}: |(?:\\w+\\.)+\\w+Exception: ");

    private WrongValue() {}

    /** @return property, value and what is allowed or else why; any other message without codes and class names */
    static String tell(String message) {
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.find()) {
            return "there is no setting " + unknown.group(1) + ": docs/settings.md has those that there are";
        }
        Matcher empty = EMPTY.matcher(message);
        if (empty.find()) {
            return empty.group(1) + " is empty: write a value, or take it out";
        }
        Matcher told = TOLD.matcher(message);
        if (!told.find()) {
            return plain(message);
        }
        Matcher allowed = ALLOWED.matcher(told.group(3));
        String why = allowed.find() ? "; allowed are: " + allowed.group(1) : ": " + plain(told.group(3));
        return told.group(1) + " cannot be \"" + told.group(2) + "\"" + why;
    }

    private static String plain(String message) {
        return NOISE.matcher(message)
                .replaceAll("")
                .replaceAll("\\s*\\R\\s*", " ")
                .strip();
    }
}
