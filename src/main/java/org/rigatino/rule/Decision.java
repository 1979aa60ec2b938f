package org.rigatino.rule;

import java.util.Optional;

/**
 * What the rules say of one question. Exactly one of the three is there: a value with the rule that gave it, why nobody can
 * tell, or nothing where no rule says anything.
 *
 * @param undecided what was wrong, where; never patient data
 */
public record Decision<T>(Optional<String> rule, Optional<T> value, Optional<RuleText> undecided) {
    static <T> Decision<T> none() {
        return new Decision<>(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static <T> Decision<T> by(HouseRule rule, T value) {
        return new Decision<>(Optional.of(rule.name()), Optional.of(value), Optional.empty());
    }

    static <T> Decision<T> undecided(HouseRule rule, Subject subject) {
        return new Decision<>(
                Optional.of(rule.name()),
                Optional.empty(),
                Optional.of(RuleText.undecided(rule.name(), rule.when().unknownOf(subject))));
    }
}
