package org.rigatino.page;

import io.quarkus.qute.TemplateExtension;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityState;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.report.ReportView;
import org.rigatino.web.EarlierStudies;

/** How templates write whose a study is. */
@TemplateExtension
final class Whose {
    private Whose() {}

    static boolean recorded(Identity identity) {
        return identity.state() == IdentityState.RECORDED;
    }

    /** Family name first, as the standard has it; the other component groups in brackets. Null where there is no name. */
    static String person(Identity identity) {
        return forPeople(identity.patientName());
    }

    static String physician(Identity identity) {
        return forPeople(identity.referringPhysician());
    }

    /** @param images null where they do not say it, as what is shown */
    record Difference(IdentityAttribute attribute, String shown, String images) {}

    /** Of the patient, where what is shown is not what the images say, as far as the visitor is shown it. */
    static List<Difference> differences(Identity shown, Identity images) {
        return Stream.of(
                        new Difference(IdentityAttribute.PATIENT_NAME, person(shown), person(images)),
                        new Difference(IdentityAttribute.PATIENT_ID, shown.patientId(), images.patientId()),
                        new Difference(
                                IdentityAttribute.ISSUER_OF_PATIENT_ID,
                                shown.issuerOfPatientId(),
                                images.issuerOfPatientId()),
                        new Difference(IdentityAttribute.PATIENT_BIRTH_DATE, born(shown), born(images)),
                        new Difference(IdentityAttribute.PATIENT_SEX, shown.patientSex(), images.patientSex()))
                .filter(one -> !Objects.equals(one.shown(), one.images()))
                .toList();
    }

    /** Whom a report's message names. */
    static String person(ReportView report) {
        return forPeople(report.patientName());
    }

    static String reporter(ReportView report) {
        return forPeople(report.interpreter());
    }

    static String born(ReportView report) {
        return day(report.patientBirthDate());
    }

    /** @param name a value of VR PN */
    static String forPeople(String name) {
        if (name == null) {
            return null;
        }
        List<String> groups = new ArrayList<>();
        for (String group : name.split("=")) {
            String written = written(group);
            if (!written.isEmpty()) {
                groups.add(written);
            }
        }
        if (groups.isEmpty()) {
            return null;
        }
        String others = String.join(", ", groups.subList(1, groups.size()));
        return others.isEmpty() ? groups.get(0) : groups.get(0) + " (" + others + ")";
    }

    private static final Set<UnicodeScript> WITHOUT_COMMA =
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    /** Family, given, middle, prefix, suffix (PS3.5 6.2.1.1). */
    private static String written(String group) {
        List<String> components =
                Arrays.stream(group.split("\\^", -1)).map(String::strip).toList();
        String family = components.get(0);
        String rest =
                components.stream().skip(1).filter(each -> !each.isEmpty()).collect(Collectors.joining(" "));
        boolean comma = family.codePoints().mapToObj(UnicodeScript::of).noneMatch(WITHOUT_COMMA::contains);
        return Stream.of(family, rest).filter(each -> !each.isEmpty()).collect(Collectors.joining(comma ? ", " : " "));
    }

    static String born(Identity identity) {
        return day(identity.patientBirthDate());
    }

    static String studied(Identity identity) {
        return day(identity.studyDate());
    }

    static String studied(EarlierStudies.Restored study) {
        return day(study.studyDate());
    }

    /** Hours and minutes of Study Time; null where there are none. */
    static String at(Identity identity) {
        String time = identity.studyTime();
        return time != null && time.matches("\\d{4}.*") ? time.substring(0, 2) + ":" + time.substring(2, 4) : null;
    }

    /** Of a value of VR DA; another is shown as it is. */
    private static String day(String date) {
        return date == null ? null : date.replaceFirst("^(\\d{4})(\\d{2})(\\d{2})$", "$1-$2-$3");
    }

    /** Without leading zeros; null where the age is not known. */
    static Integer ageNumber(Identity identity) {
        return identity.age() == null ? null : Integer.valueOf(identity.age().substring(0, 3));
    }

    /** Null where the age is not known. */
    static AgeUnit ageUnit(Identity identity) {
        return identity.age() == null
                ? null
                : switch (identity.age().charAt(3)) {
                    case 'Y' -> AgeUnit.YEARS;
                    case 'M' -> AgeUnit.MONTHS;
                    default -> AgeUnit.DAYS;
                };
    }

    static String joined(List<String> values) {
        return String.join(", ", values);
    }
}
