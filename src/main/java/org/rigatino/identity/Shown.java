package org.rigatino.identity;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.PatientValues;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.patient.UnknownPatientValues;

/**
 * What all statements about a study come to.
 *
 * @param state DELETED once nothing is left of them
 * @param values none where the state is another than RECORDED
 * @param words by which it is found, in doubt by those of every patient
 * @param patients whom they are of, as {@link StudyIdentity#patient} names them
 * @param since when instances first said of the patient what they say now; null where none is shown
 * @param correction that is part of the values
 */
record Shown(
        IdentityState state,
        Map<IdentityAttribute, String> values,
        Set<String> words,
        Set<String> patients,
        Instant since,
        Correction correction) {
    static final Shown DELETED = new Shown(IdentityState.DELETED, Map.of(), Set.of(), Set.of(), null, Correction.NONE);

    /** PostgreSQL takes a megabyte of them. */
    private static final int MOST_WORDS = 1000;

    static final List<IdentityAttribute> OF_PATIENT = List.of(
            IdentityAttribute.PATIENT_NAME,
            IdentityAttribute.PATIENT_ID,
            IdentityAttribute.ISSUER_OF_PATIENT_ID,
            IdentityAttribute.PATIENT_BIRTH_DATE,
            IdentityAttribute.PATIENT_SEX);

    private static final int MOST_TEXT = 1024;
    private static final String SEVERAL = "\\";

    /**
     * @param statements in the order in which they were first made
     * @param right patients that a person has said to be the study's; empty where nobody had to
     */
    static Shown of(List<Said> statements, Set<String> right, UnknownPatientValues unknown) {
        List<Said> chosen = statements.stream()
                .filter(each ->
                        right.isEmpty() || right.contains(each.identity().patient()))
                .toList();
        List<Said> said = chosen.isEmpty() ? statements : chosen;
        List<StudyIdentity> ofOne = said.stream().map(Said::identity).toList();
        boolean known = right.isEmpty() ? areOfOne(ofOne, unknown) : !chosen.isEmpty() && areOfOneId(ofOne);
        return new Shown(
                known ? IdentityState.RECORDED : IdentityState.IN_DOUBT,
                known ? values(ofOne) : Map.of(),
                words(ofOne),
                ofOne.stream().map(StudyIdentity::patient).collect(Collectors.toSet()),
                known ? since(said) : null,
                Correction.NONE);
    }

    /** A statement, with when it was recorded. */
    record Said(StudyIdentity identity, Instant recordedAt) {}

    /** The same with a correction in place of what instances say; it is found by both. */
    Shown with(Correction corrected) {
        Map<IdentityAttribute, String> all = new EnumMap<>(IdentityAttribute.class);
        all.putAll(values);
        all.putAll(corrected.values());
        Set<String> both = new TreeSet<>(words);
        both.addAll(words(List.of(new StudyIdentity("", corrected.values()))));
        return new Shown(state, all, both, patients, since, corrected);
    }

    /** What only adds a series, leaves something of the patient open or says what nobody had said is no news of the patient;
     * an ID is. */
    private static Instant since(List<Said> said) {
        Map<IdentityAttribute, String> patient = new EnumMap<>(IdentityAttribute.class);
        Instant since = null;
        for (Said each : said) {
            for (IdentityAttribute attribute : OF_PATIENT) {
                String value = each.identity().value(attribute);
                String before = value.isEmpty() ? null : patient.put(attribute, value);
                boolean news = before == null
                        ? attribute == IdentityAttribute.PATIENT_ID && !value.isEmpty()
                        : !before.equals(value);
                if (news || since == null) {
                    since = each.recordedAt();
                }
            }
        }
        return since;
    }

    /** Each with the first of each patient: what only one of them knows makes no two of a third. */
    private static boolean areOfOne(List<StudyIdentity> statements, UnknownPatientValues unknown) {
        List<StudyIdentity> patients = statements.stream()
                .filter(each -> statements.stream()
                                .filter(other -> other.patient().equals(each.patient()))
                                .findFirst()
                                .orElseThrow()
                        == each)
                .toList();
        return patients.stream()
                .allMatch(one -> patients.stream().allMatch(other -> one.isOfPatientOf(other, unknown)));
    }

    private static boolean areOfOneId(List<StudyIdentity> statements) {
        List<PatientValues> patients =
                statements.stream().map(StudyIdentity::patientValues).distinct().toList();
        return patients.stream().noneMatch(one -> patients.stream().anyMatch(one::isOfAnotherId));
    }

    private static Map<IdentityAttribute, String> values(List<StudyIdentity> statements) {
        Map<IdentityAttribute, String> values = new EnumMap<>(IdentityAttribute.class);
        for (StudyIdentity statement : statements) {
            for (IdentityAttribute attribute : IdentityAttribute.values()) {
                String value = statement.value(attribute);
                if (!value.isEmpty()) {
                    values.merge(attribute, value, attribute.isOfSeries() ? Shown::with : (earlier, later) -> later);
                }
            }
        }
        return values;
    }

    private static String with(String earlier, String later) {
        boolean longEnough = earlier.length() >= MOST_TEXT;
        return longEnough || List.of(earlier.split("\\\\")).contains(later) ? earlier : earlier + SEVERAL + later;
    }

    private static Set<String> words(Collection<StudyIdentity> statements) {
        Set<String> words = new TreeSet<>();
        for (StudyIdentity statement : statements) {
            words.addAll(SearchWords.ofName(statement.value(IdentityAttribute.PATIENT_NAME)));
            words.addAll(SearchWords.ofNumber(SearchWords.ID, statement.value(IdentityAttribute.PATIENT_ID)));
            words.addAll(
                    SearchWords.ofNumber(SearchWords.ACCESSION, statement.value(IdentityAttribute.ACCESSION_NUMBER)));
        }
        return words.stream().limit(MOST_WORDS).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Null where Study Date is no date. */
    LocalDate studyDay() {
        return day(values.getOrDefault(IdentityAttribute.STUDY_DATE, ""));
    }

    /** Of a value of VR DA; null where it is none. */
    static LocalDate day(String date) {
        try {
            return LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** In the order of {@link IdentityAttribute}. */
    Stream<String> texts() {
        return Stream.of(IdentityAttribute.values()).map(attribute -> values.getOrDefault(attribute, ""));
    }
}
