package org.rigatino.patient;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Values that stand where a patient's are not known: no two studies that have them are of one patient for that. */
public record NobodysValues(Set<String> ids, Set<String> names, Set<String> birthDates) {
    public static final String PATIENT_IDS = "rigatino.nobody.patient-ids";
    public static final String NAMES = "rigatino.nobody.names";
    public static final String BIRTH_DATES = "rigatino.nobody.birth-dates";

    public NobodysValues {
        ids = words(ids.stream());
        names = words(names.stream());
        birthDates = words(birthDates.stream());
    }

    public static NobodysValues of(Config config) {
        return new NobodysValues(
                values(config, PATIENT_IDS, NobodyConfiguration.PATIENT_IDS),
                values(config, NAMES, NobodyConfiguration.NAMES),
                values(config, BIRTH_DATES, NobodyConfiguration.BIRTH_DATES));
    }

    private static Set<String> values(Config config, String property, String otherwise) {
        return Set.copyOf(
                config.getOptionalValues(property, String.class).orElseGet(() -> List.of(otherwise.split(","))).stream()
                        .distinct()
                        .toList());
    }

    /** Whatever its case and the separators of its components; an ID of zeros, whatever their number. */
    public boolean has(String id, String name, String birthDate) {
        return ids.contains(word(id)) || names.contains(word(name)) || birthDates.contains(word(birthDate));
    }

    private static Set<String> words(Stream<String> values) {
        return values.map(NobodysValues::word).filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    private static String word(String value) {
        String word =
                value.toUpperCase(Locale.ROOT).replaceAll("[\\s^=,._/-]+", " ").strip();
        return word.matches("0+") ? "0" : word;
    }
}
