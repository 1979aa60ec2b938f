package org.rigatino.rule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What is likely to be otherwise than was meant by rules that are right by themselves.
 *
 * @param names what it is about, as {@link RuleWarningKind} says
 */
public record RuleWarning(RuleWarningKind kind, String rule, List<String> names) {
    /** Whether studies fail by it now, or are looked at by nobody. */
    public boolean harms() {
        return kind.harms;
    }

    @JsonIgnore
    public String getListed() {
        return String.join(", ", names);
    }

    @JsonIgnore
    public RuleText getWords() {
        String others = String.join(", ", names.subList(1, names.size()));
        return new RuleText(kind.refusal(rule, getListed(), names.get(0), others));
    }

    /** In one line. */
    public String getText() {
        return getWords().english();
    }
}
