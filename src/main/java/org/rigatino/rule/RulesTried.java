package org.rigatino.rule;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the rules say of one instance that somebody showed. Texts have values of its header, and may be patient data.
 *
 * @param warnings of the rules that decide; of a draft of them all
 * @param answers of every rule, in the order of the file
 */
public record RulesTried(
        Said releases, Said destinations, Said urgency, List<RuleWarning> warnings, List<HouseRules.Answer> answers) {
    /** The same of a draft, with all that there is to warn of in it. */
    public RulesTried withAll(List<RuleWarning> all) {
        return new RulesTried(releases, destinations, urgency, all, answers);
    }

    /** The same, with what there is to warn of. @param all of any rule */
    public RulesTried warned(List<RuleWarning> all) {
        List<RuleWarning> ofThese = all.stream()
                .filter(warning -> warning.rule()
                        .equals(warning.kind().isOfDestinations() ? destinations.rule() : releases.rule()))
                .toList();
        return new RulesTried(releases, destinations, urgency, ofThese, answers);
    }

    /**
     * What came of one question.
     *
     * @param rule that decides; null where none does
     * @param says in words; null where no rule says anything, or nobody can tell
     * @param undecided why nobody can tell; null where that is not so
     */
    public record Said(
            String rule,
            @Schema(implementation = String.class) RuleText says,
            @Schema(implementation = String.class) RuleText undecided) {
        static Said of(Decision<?> decision, RuleText says) {
            return new Said(
                    decision.rule().orElse(null), says, decision.undecided().orElse(null));
        }
    }
}
