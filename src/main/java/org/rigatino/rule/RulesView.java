package org.rigatino.rule;

import java.util.List;

/**
 * The rules that this process follows.
 *
 * @param sha256 of their file, in hex; empty where there is none
 * @param followed whether the file that is there now is
 * @param problem why it is not, or by which rules studies fail or are looked at by nobody; null where nothing is wrong
 * @param warnings of rules that are likely to come to something else than was meant
 */
public record RulesView(
        String sha256, boolean followed, String problem, List<RuleWarning> warnings, List<Described> rules) {
    /**
     * A rule in words.
     *
     * @param asks what has to hold of an image; empty where it is about every image
     * @param says what it decides
     */
    public record Described(String name, List<String> asks, List<String> says) {}
}
