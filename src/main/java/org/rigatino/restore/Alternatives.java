package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What two patterns of an eligibility have to do with each other, as far as their text proves it. */
final class Alternatives {
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9 _]+");
    /** Flags, lookaround, quotation and back references reach beyond an alternative. */
    private static final Pattern FAR = Pattern.compile("\\(\\?|\\\\[QEk1-9]");

    private Alternatives() {}

    /** Whether the wide pattern is found in whatever the narrow one is found in; false where that is not proved. */
    static boolean cover(String wide, String narrow) {
        List<String> all = of(wide);
        return of(narrow).stream().allMatch(each -> all.stream().anyMatch(other -> covers(other, each)));
    }

    private static boolean covers(String wide, String narrow) {
        return wide.equals(narrow)
                || LITERAL.matcher(wide).matches()
                        && LITERAL.matcher(narrow).matches()
                        && narrow.toUpperCase(Locale.ROOT).contains(wide.toUpperCase(Locale.ROOT));
    }

    private static List<String> of(String pattern) {
        if (FAR.matcher(pattern).find() || pattern.contains("[[")) {
            return List.of(pattern);
        }
        List<String> found = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> i++;
                case '(', '[' -> depth++;
                case ')', ']' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        found.add(pattern.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
            if (depth < 0) {
                return List.of(pattern);
            }
        }
        found.add(pattern.substring(start));
        return depth == 0 ? found : List.of(pattern);
    }
}
