package org.rigatino.page;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.restore.AgeRange;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;

/**
 * One thing that a release asks of an image.
 *
 * @param name as a refusal names it
 * @param values what the asking is about
 */
public record EligibilityRule(String name, Asks asks, String values) {
    /** How the values are meant. */
    public enum Asks {
        ANY_OF,
        NONE_OF,
        PATTERN,
        NO_PATTERN,
        PATTERN_WHERE_ABSENT,
        PIXELS,
        DEGREES,
        YEARS,
        PERCENT
    }

    /** In the order in which they are asked; what is not asked for is left out. */
    static List<EligibilityRule> of(Eligibility asked) {
        List<EligibilityRule> rules = new ArrayList<>();
        add(rules, "modality", Asks.ANY_OF, asked.modality());
        add(rules, "photometric-interpretation", Asks.ANY_OF, asked.photometricInterpretation());
        add(rules, "image-size", Asks.PIXELS, Integer.toString(asked.minimumSize()));
        add(rules, "image-type", Asks.NONE_OF, asked.excludedImageType());
        add(rules, "body-part", Asks.ANY_OF, asked.bodyPart());
        add(rules, "body-part", Asks.PATTERN_WHERE_ABSENT, asked.bodyPartDescription());
        add(rules, "series-description", Asks.PATTERN, asked.seriesDescription());
        add(rules, "series-description", Asks.NO_PATTERN, asked.excludedSeriesDescription());
        add(rules, "view-position", Asks.ANY_OF, asked.viewPosition());
        AgeRange age = asked.age();
        add(
                rules,
                "patient-age",
                Asks.YEARS,
                age == null ? null : number(age.fromYears()) + " – < " + number(age.belowYears()));
        add(
                rules,
                "orientation",
                Asks.DEGREES,
                asked.plane() == null ? null : asked.plane() + " ± " + number(asked.toleranceDegrees()));
        add(rules, ModelRelease.FOREGROUND_RULE, Asks.PERCENT, number(100 * asked.minimumForeground()));
        return rules;
    }

    private static void add(List<EligibilityRule> rules, String name, Asks asks, List<String> values) {
        if (values != null && !values.isEmpty()) {
            add(rules, name, asks, String.join(", ", values));
        }
    }

    private static void add(List<EligibilityRule> rules, String name, Asks asks, String value) {
        if (value != null) {
            rules.add(new EligibilityRule(name, asks, value));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
