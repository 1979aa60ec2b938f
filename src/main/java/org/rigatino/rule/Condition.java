package org.rigatino.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rigatino.restore.AgeRange;

/**
 * What has to hold of an image for a rule to be about it: all that is asked for. Of each list one pattern has to match a value
 * as a whole, in any case, with {@code *} for any characters and {@code ?} for one (PS3.4 C.2.2.2.4). What is absent or empty
 * matches nothing.
 *
 * @param patientAge null asks nothing
 */
record Condition(
        List<String> callingAeTitle,
        List<String> stationName,
        List<String> institutionName,
        List<String> modality,
        List<String> bodyPartExamined,
        List<String> studyDescription,
        List<String> seriesDescription,
        List<String> protocolName,
        AgeRange patientAge) {
    /** As a file of rules names it. */
    static final String PATIENT_AGE = "patientAge";

    static final Condition ALWAYS = new Condition(null, null, null, null, null, null, null, null, null);

    /** Lists that a file leaves out are empty. @throws IllegalArgumentException where one is there and empty */
    Condition {
        callingAeTitle = given(AskedAttribute.CALLING_AE_TITLE, callingAeTitle);
        stationName = given(AskedAttribute.STATION_NAME, stationName);
        institutionName = given(AskedAttribute.INSTITUTION_NAME, institutionName);
        modality = given(AskedAttribute.MODALITY, modality);
        bodyPartExamined = given(AskedAttribute.BODY_PART_EXAMINED, bodyPartExamined);
        studyDescription = given(AskedAttribute.STUDY_DESCRIPTION, studyDescription);
        seriesDescription = given(AskedAttribute.SERIES_DESCRIPTION, seriesDescription);
        protocolName = given(AskedAttribute.PROTOCOL_NAME, protocolName);
    }

    private static List<String> given(AskedAttribute attribute, List<String> patterns) {
        if (patterns != null && (patterns.isEmpty() || patterns.stream().anyMatch(p -> p == null || p.isBlank()))) {
            throw RuleReason.ASKS_NOTHING.wrong(attribute.key());
        }
        return patterns == null ? List.of() : List.copyOf(patterns);
    }

    /** @param why of every attribute that is asked for, with the image's values: they may be patient data */
    record Answer(Fit fit, List<RuleText> why) {}

    /** Whether it is of every image. */
    boolean isAlways() {
        return equals(ALWAYS);
    }

    /** In words, one of each attribute. */
    List<RuleText> asks() {
        Stream<RuleText> lists = Stream.of(AskedAttribute.values())
                .filter(attribute -> !attribute.wanted(this).isEmpty())
                .map(attribute -> RuleWords.IS.of(attribute.key(), RuleText.any(attribute.wanted(this))));
        Stream<RuleText> age =
                Stream.ofNullable(patientAge).map(range -> RuleWords.IS.of(PATIENT_AGE, RuleText.years(range)));
        return Stream.concat(lists, age).toList();
    }

    Answer of(Subject subject) {
        List<Fit> fits = new ArrayList<>();
        List<RuleText> why = new ArrayList<>();
        for (AskedAttribute attribute : AskedAttribute.values()) {
            List<String> wanted = attribute.wanted(this);
            if (!wanted.isEmpty()) {
                Fit fit = subject.isUnreadable(attribute) ? Fit.UNKNOWN : fit(wanted, subject.values(attribute));
                fits.add(fit);
                why.add(subject.told(attribute).against(fit, RuleText.any(wanted)));
            }
        }
        if (patientAge != null) {
            fits.add(ageFits(subject));
            why.add(RuleWords.ASKED_FOR.of(subject.toldAge().words(), RuleText.years(patientAge)));
        }
        return new Answer(all(fits), why);
    }

    /** What is asked for and cannot be told, each with why; never a value. */
    List<RuleText> unknownOf(Subject subject) {
        Stream<RuleText> lists = Stream.of(AskedAttribute.values())
                .filter(attribute -> !attribute.wanted(this).isEmpty() && subject.isUnreadable(attribute))
                .map(subject::told);
        Stream<RuleText> age =
                patientAge != null && subject.ageIsUnreadable() && subject.age().isEmpty()
                        ? Stream.of(subject.toldAge())
                        : Stream.empty();
        return Stream.concat(lists, age).toList();
    }

    private Fit ageFits(Subject subject) {
        Fit absent = subject.ageIsUnreadable() ? Fit.UNKNOWN : Fit.DIFFERS;
        return subject.age().map(years -> fit(patientAge.contains(years))).orElse(absent);
    }

    /** One that differs settles it, whatever cannot be read besides. */
    private static Fit all(List<Fit> fits) {
        if (fits.contains(Fit.DIFFERS)) {
            return Fit.DIFFERS;
        }
        return fits.contains(Fit.UNKNOWN) ? Fit.UNKNOWN : Fit.FITS;
    }

    private static Fit fit(boolean fits) {
        return fits ? Fit.FITS : Fit.DIFFERS;
    }

    private static Fit fit(List<String> wanted, List<String> values) {
        return fit(wanted.stream()
                .anyMatch(pattern -> values.stream().anyMatch(value -> Wildcards.match(pattern, value))));
    }
}
