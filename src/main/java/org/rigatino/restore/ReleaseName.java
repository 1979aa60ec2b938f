package org.rigatino.restore;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What names and versions of releases are made of: they become folders, parts of addresses, and words in a line of the log.
 * Releases of before there was a rule may have others, and serve.
 */
public final class ReleaseName {
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

    /** Of lines, too, that are no control characters. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private static final Pattern SEPARATORS_OR_BREAKS = Pattern.compile("[/\\\\]|" + BREAKS);
    private static final Set<String> ELSEWHERE = Set.of("", ".", "..");

    private ReleaseName() {}

    /** Of a release that is made. @throws IllegalArgumentException where one is none; the message says what would be */
    public static void require(String name, String version) {
        if (name == null || version == null || !fits(name) || !fits(version)) {
            throw new IllegalArgumentException(
                    told(name, version)
                            + ": either is of 1 to 64 letters from A to Z, digits, \".\", \"_\" and \"-\", and not \".\" or \"..\"");
        }
    }

    /** Of a release that is there. @throws IllegalArgumentException where one leads elsewhere or breaks a line */
    static void requireHarmless(String name, String version) {
        if (!harmless(name) || !harmless(version)) {
            throw new IllegalArgumentException(told(name, version)
                    + ": neither is empty, \".\" or \"..\", or has \"/\", \"\\\" or a control character");
        }
    }

    private static String told(String name, String version) {
        return "the release is named \"" + visible(name) + "\" and its version \"" + visible(version) + '"';
    }

    private static String visible(String name) {
        return name == null ? "" : BREAKS.matcher(name).replaceAll("?");
    }

    private static boolean harmless(String name) {
        return name != null
                && !ELSEWHERE.contains(name)
                && !SEPARATORS_OR_BREAKS.matcher(name).find();
    }

    private static boolean fits(String name) {
        return NAME.matcher(name).matches();
    }
}
