package org.rigatino.restore;

import java.util.ArrayList;
import java.util.List;

/** What one eligibility may refuse of another's images, by attributes. */
final class Coverage {
    private Coverage() {}

    /** Rules by which {@code by} may refuse what {@code of} takes; none where it is proved to take all of it. */
    static List<String> lacking(Eligibility by, Eligibility of) {
        List<String> rules = new ArrayList<>();
        require(rules, "modality", all(by.modality(), of.modality()));
        require(
                rules,
                "photometric-interpretation",
                all(by.photometricInterpretation(), of.photometricInterpretation()));
        require(rules, "image-size", by.minimumSize() <= of.minimumSize());
        require(rules, "image-type", all(of.excludedImageType(), by.excludedImageType()));
        require(
                rules,
                "body-part",
                all(by.bodyPart(), of.bodyPart())
                        && (of.bodyPartDescription() == null
                                || by.bodyPartDescription() != null
                                        && Alternatives.cover(by.bodyPartDescription(), of.bodyPartDescription())));
        require(
                rules,
                "series-description",
                found(by.seriesDescription(), of.seriesDescription())
                        && excluded(by.excludedSeriesDescription(), of.excludedSeriesDescription()));
        require(rules, "view-position", list(by.viewPosition()).isEmpty() || view(by, of));
        require(rules, "patient-age", by.age() == null || of.age() != null && age(by.age(), of.age()));
        require(
                rules,
                "orientation",
                by.plane() == null || by.plane() == of.plane() && by.toleranceDegrees() >= of.toleranceDegrees());
        require(rules, "foreground", by.minimumForeground() <= of.minimumForeground());
        return rules;
    }

    private static void require(List<String> rules, String rule, boolean taken) {
        if (!taken) {
            rules.add(rule);
        }
    }

    private static boolean found(String by, String of) {
        return by == null || of != null && Alternatives.cover(by, of);
    }

    /** What is excluded has to be excluded there too. */
    private static boolean excluded(String by, String of) {
        return by == null || of != null && Alternatives.cover(of, by);
    }

    private static boolean view(Eligibility by, Eligibility of) {
        return !list(of.viewPosition()).isEmpty() && all(by.viewPosition(), of.viewPosition());
    }

    private static boolean age(AgeRange by, AgeRange of) {
        return by.fromYears() <= of.fromYears() && by.belowYears() >= of.belowYears();
    }

    private static boolean all(List<String> of, List<String> those) {
        return list(of).containsAll(list(those));
    }

    private static List<String> list(List<String> values) {
        return values == null ? List.of() : values;
    }
}
