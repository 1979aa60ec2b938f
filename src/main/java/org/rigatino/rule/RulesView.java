package org.rigatino.rule;

import java.util.List;

/**
 * The rules that this process follows.
 *
 * @param sha256 of their file, in hex; empty where there is none
 * @param problem why the file that is there now is not followed; null where it is
 */
public record RulesView(String sha256, String problem, List<Described> rules) {
    /**
     * A rule in words.
     *
     * @param asks what has to hold of an image; empty where it is about every image
     * @param says what it decides
     */
    public record Described(String name, List<String> asks, List<String> says) {}
}
