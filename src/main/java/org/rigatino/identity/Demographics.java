package org.rigatino.identity;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;

/**
 * What somebody says of who a patient is, the ID aside.
 *
 * @param name as VR PN; empty where nobody knows, as the others
 */
record Demographics(String name, String born, String sex) {
    static final Demographics UNKNOWN = new Demographics("", "", "");

    /** What is nobody's says nothing: an unknown patient becomes known. */
    static Demographics of(Map<IdentityAttribute, String> values, NobodysValues nobodys) {
        String name = values.getOrDefault(IdentityAttribute.PATIENT_NAME, "");
        String born = values.getOrDefault(IdentityAttribute.PATIENT_BIRTH_DATE, "");
        return new Demographics(
                nobodys.has("", name, "") ? "" : name,
                nobodys.has("", "", born) ? "" : born,
                values.getOrDefault(IdentityAttribute.PATIENT_SEX, ""));
    }

    /** The same, with what a message says instead. */
    Demographics with(PatientMessage message, NobodysValues nobodys) {
        Demographics said = of(message.values(), nobodys);
        return new Demographics(
                said.name.isEmpty() ? name : said.name,
                said.born.isEmpty() ? born : said.born,
                said.sex.isEmpty() ? sex : said.sex);
    }

    /** The same, with what is empty as others say it, where they all say one thing. */
    private Demographics filledFrom(List<Demographics> others) {
        return new Demographics(
                filled(name, others, Demographics::name),
                filled(born, others, Demographics::born),
                filled(sex, others, Demographics::sex));
    }

    Demographics filledFrom(Demographics other) {
        return filledFrom(List.of(other));
    }

    private static String filled(String value, List<Demographics> others, Function<Demographics, String> of) {
        List<String> known = others.stream()
                .map(of)
                .filter(other -> !other.isEmpty())
                .distinct()
                .toList();
        return value.isEmpty() && known.size() == 1 ? known.get(0) : value;
    }

    /** Whoever it may be, as others say it: what it leaves open may be as any of them has it whom it does not contradict; itself where there is none. */
    List<Demographics> asAnyOf(List<Demographics> others) {
        List<Demographics> persons = others.stream()
                .filter(other -> !isAnotherThan(other))
                .map(this::filledFrom)
                .map(person -> person.filledFrom(others.stream()
                        .filter(other -> !person.isAnotherThan(other))
                        .toList()))
                .distinct()
                .toList();
        return persons.isEmpty() ? List.of(this) : persons;
    }

    /** @param first what tells what those leave open */
    boolean isAnotherThanAnyOf(List<Demographics> persons, Demographics first) {
        return persons.stream().map(person -> person.filledFrom(first)).anyMatch(this::isAnotherThan);
    }

    /** Two of name, birth date and sex are known of both and contradict: more than a person's correction changes. */
    boolean isAnotherThan(Demographics other) {
        return contradictions(other) > 1;
    }

    /** One of name, birth date and sex is known of both, and none contradicts. */
    boolean isAlikeTo(Demographics other) {
        boolean common = !name.isEmpty() && !other.name.isEmpty()
                || !born.isEmpty() && !other.born.isEmpty()
                || !sex.isEmpty() && !other.sex.isEmpty();
        return common && contradictions(other) == 0;
    }

    /** How many of name, birth date and sex are known of both and contradict. */
    long contradictions(Demographics other) {
        return Stream.of(
                        SearchWords.contradict(name, other.name),
                        contradict(born, other.born),
                        contradict(sex, other.sex))
                .filter(contradicts -> contradicts)
                .count();
    }

    private static boolean contradict(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }
}
