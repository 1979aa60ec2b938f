package org.rigatino.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rigatino.restore.AgeRange;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.Likeness;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;

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
        PERCENT,
        DISTANCE,
        NO_DISTANCE
    }

    /**
     * In the order in which they are asked; what is not asked for is left out, but for the last.
     *
     * @param likeness null where none is asked for
     */
    static List<EligibilityRule> of(Eligibility asked, Likeness likeness) {
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
        add(rules, "patient-age", Asks.YEARS, age == null ? null : age.text());
        add(
                rules,
                "orientation",
                Asks.DEGREES,
                asked.plane() == null ? null : asked.plane() + " ± " + number(asked.toleranceDegrees()));
        add(rules, ModelRelease.FOREGROUND_RULE, Asks.PERCENT, number(100 * asked.minimumForeground()));
        rules.add(ofLikeness(likeness));
        return rules;
    }

    private static EligibilityRule ofLikeness(Likeness likeness) {
        return likeness == null
                ? new EligibilityRule(Likeness.UNLIKE_RULE, Asks.NO_DISTANCE, "")
                : new EligibilityRule(
                        Likeness.UNLIKE_RULE,
                        Asks.DISTANCE,
                        String.format(
                                Locale.ROOT,
                                "%.2f (%s %%)",
                                likeness.limit(),
                                NormalStudies.per100(likeness.refusedNormals())));
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
