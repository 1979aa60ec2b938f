package org.rigatino.restore;

import java.util.regex.Pattern;

/** What names and versions of releases are made of: they become folders, parts of addresses, and words in a line of the log. */
public final class ReleaseName {
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

    private ReleaseName() {}

    /** @throws IllegalArgumentException where one is none; the message says what would be */
    public static void require(String name, String version) {
        if (name == null || version == null || !fits(name) || !fits(version)) {
            throw new IllegalArgumentException(
                    "the release is named \"" + name + "\" and its version \"" + version
                            + "\": either is of 1 to 64 letters from A to Z, digits, \".\", \"_\" and \"-\", and not \".\" or \"..\"");
        }
    }

    private static boolean fits(String name) {
        return NAME.matcher(name).matches();
    }
}
