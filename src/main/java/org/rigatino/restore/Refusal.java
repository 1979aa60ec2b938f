package org.rigatino.restore;

import java.util.Optional;

/**
 * Why an image is not shown to a model.
 *
 * @param rule by which it is counted and recorded
 * @param explanation what of the image the rule is about, where the rule alone does not tell; no patient data
 */
public record Refusal(String rule, Optional<String> explanation) {
    public static Refusal of(String rule) {
        return new Refusal(rule, Optional.empty());
    }

    @Override
    public String toString() {
        return rule + explanation.map(why -> ": " + why).orElse("");
    }
}
