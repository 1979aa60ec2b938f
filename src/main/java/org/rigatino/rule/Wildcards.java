package org.rigatino.rule;

import java.util.Locale;

/** Wild card matching as of PS3.4 C.2.2.2.4, in any case: {@code *} is any characters, {@code ?} one. */
final class Wildcards {
    private Wildcards() {}

    /** Whether the pattern is the value as a whole. Takes at most as many steps as pattern and value have characters, multiplied. */
    static boolean match(String pattern, String value) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String said = value.toLowerCase(Locale.ROOT);
        int at = 0;
        int star = -1;
        int afterStar = 0;
        int place = 0;
        while (place < said.length()) {
            if (at < wanted.length() && wanted.charAt(at) == '*') {
                star = at++;
                afterStar = place;
            } else if (at < wanted.length() && (wanted.charAt(at) == '?' || wanted.charAt(at) == said.charAt(place))) {
                at++;
                place++;
            } else if (star >= 0) {
                at = star + 1;
                place = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < wanted.length() && wanted.charAt(at) == '*') {
            at++;
        }
        return at == wanted.length();
    }
}
