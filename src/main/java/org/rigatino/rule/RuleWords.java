package org.rigatino.rule;

import java.util.Collection;
import java.util.List;
import org.rigatino.refusal.Reason;
import org.rigatino.refusal.Refusal;

/** Texts of which what rules say is made. German is in {@code org/rigatino/page/refusals_de.properties}, as of any other reason. */
enum RuleWords implements Reason {
    AS_IT_IS("{0}"),
    BOTH("{0}; {1}"),
    OR("{0} or {1}"),
    AND("{0} and {1}"),
    IS("{0} is {1}"),
    YEARS("{0} years"),
    FROM_TO("{0} to below {1} years"),
    ABSENT("{0} is absent"),
    UNREADABLE("{0} is there and cannot be read"),
    NO_AGE("{0} cannot be told from Patient's Age, Birth Date and Study Date"),
    NOT_KNOWN("{0} is not known"),
    NOT_ENTERED("{0} was not entered"),
    AS_ASKED("{0}, as asked"),
    ASKED_FOR("{0}, asked for is {1}"),
    UNDECIDED("whether rule \"{0}\" is about it cannot be told: {1}"),
    NONE_MAY_LOOK("no release may look"),
    MAY_LOOK("may look: {0}"),
    RECEIVES("{0} receives {1}"),
    RECEIVES_ALL("{0} receives all"),
    URGENCY("urgency {0}"),
    WORKERS_APART(
            "workers follow other rules of the house than this process does, or such as cannot be told: here {0}; {1}. Whichever worker takes a study goes by its own: give all processes the same rigatino.rules.file");

    private final String english;

    RuleWords(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }

    RuleText of(Object... values) {
        return new RuleText(refusal(values));
    }

    /** Of some, one after another; of one as it is. */
    Refusal joined(Collection<Refusal> some) {
        return some.stream().reduce(this::refusal).orElseThrow();
    }

    Refusal joinedTexts(List<String> some) {
        return joined(some.stream().map(AS_IT_IS::refusal).toList());
    }
}
