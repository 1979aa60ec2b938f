package org.rigatino.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.rigatino.refusal.Refusal;
import org.rigatino.restore.AgeRange;
import org.rigatino.result.ObjectKind;

/** What a rule asks or says, or what an image has; English by REST, and in their visitor's language on pages. */
public record RuleText(Refusal words) {
    static RuleText is(String attribute, List<String> values) {
        return RuleWords.IS.of(attribute, RuleWords.AND.joinedTexts(values));
    }

    static RuleText isAge(String digits) {
        return RuleWords.IS.of(Condition.PATIENT_AGE, RuleWords.YEARS.refusal(new Refusal.Decimal(digits)));
    }

    /** Of what is asked for. */
    static Refusal any(List<String> wanted) {
        return RuleWords.OR.joinedTexts(wanted);
    }

    static Refusal years(AgeRange range) {
        return RuleWords.FROM_TO.refusal(
                new Refusal.Decimal(String.valueOf(range.fromYears())),
                new Refusal.Decimal(String.valueOf(range.belowYears())));
    }

    /** What the image has, beside what is asked for where that is something else. */
    RuleText against(Fit fit, Refusal wanted) {
        return fit == Fit.FITS ? RuleWords.AS_ASKED.of(words) : RuleWords.ASKED_FOR.of(words, wanted);
    }

    static RuleText undecided(String rule, List<RuleText> unknown) {
        return RuleWords.UNDECIDED.of(
                rule,
                RuleWords.BOTH.joined(unknown.stream().map(RuleText::words).toList()));
    }

    /**
     * @param here what this process follows
     * @param workers who follows which
     */
    public static RuleText workersApart(String here, String workers) {
        return RuleWords.WORKERS_APART.of(here, workers);
    }

    static RuleText mayLook(List<String> names) {
        return names.isEmpty() ? RuleWords.NONE_MAY_LOOK.of() : RuleWords.MAY_LOOK.of(String.join(", ", names));
    }

    static RuleText received(Map<String, Set<ObjectKind>> destinations) {
        return new RuleText(RuleWords.BOTH.joined(new TreeMap<>(destinations)
                .entrySet().stream()
                        .map(entry -> received(entry.getKey(), entry.getValue()))
                        .toList()));
    }

    private static Refusal received(String destination, Set<ObjectKind> kinds) {
        return HouseRule.isAll(kinds)
                ? RuleWords.RECEIVES_ALL.refusal(destination)
                : RuleWords.RECEIVES.refusal(
                        destination,
                        String.join(
                                ", ",
                                kinds.stream()
                                        .map(ObjectKind::configurationName)
                                        .sorted()
                                        .toList()));
    }

    @JsonValue
    public String english() {
        return words.english();
    }

    @Override
    public String toString() {
        return english();
    }
}
