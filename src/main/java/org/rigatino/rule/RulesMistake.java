package org.rigatino.rule;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What is wrong in a file of rules, for whoever wrote it. */
final class RulesMistake {
    /** What stands where, by the last name on the way to it. */
    private static final Map<String, String> BELONGS = Map.of(
            "rules", "a list of rules, each with a name, as - name: research scanner",
            "name", "a text",
            "when", "attributes with what is asked of them, as modality: MR",
            "patientAge", "an age in years, as {fromYears: 0, belowYears: 16}",
            "releases", "a list of releases, as [brain-flair/6], or [] for none",
            "destinations", "names of destinations with kinds of objects, as research: [segmentation], or all",
            "urgency", "one of LOW, ROUTINE, HIGH, STAT");

    private static final String VALUES = "a value or a list of values";

    private RulesMistake() {}

    /** @param lines by place, as {@link #at} names it */
    static String of(JsonProcessingException e, Map<String, Integer> lines) {
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            return "line " + (yaml.getProblemMark().getLine() + 1) + ": it is no YAML: " + yaml.getProblem();
        }
        return where(e, lines) + what(e);
    }

    private static String where(JsonProcessingException e, Map<String, Integer> lines) {
        JsonLocation place = e.getLocation();
        Integer line = e instanceof JsonMappingException mapping ? lines.get(at(mapping)) : null;
        if (line == null && place != null) {
            line = place.getLineNr();
        }
        return line == null ? "" : "line " + line + ": ";
    }

    private static String what(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknown.getPropertyName() + " is none of "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return refused.getMessage();
        }
        if (e instanceof InvalidFormatException other && other.getTargetType().isEnum()) {
            return at(other) + ": " + other.getValue() + " is none of "
                    + Stream.of(other.getTargetType().getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (e instanceof MismatchedInputException other) {
            return (other.getPath().isEmpty() ? "" : at(other) + ": ") + "what stands there is of another kind than "
                    + belongs(other);
        }
        return "it is no YAML: " + e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static String belongs(MismatchedInputException e) {
        String name = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(field -> field != null)
                .reduce((first, last) -> last)
                .orElse(null);
        return (name == null ? "rules: with a list of rules" : BELONGS.getOrDefault(name, VALUES))
                + ", which belongs there";
    }

    /** {@code rules [2] when modality}: items are counted from 1. */
    private static String at(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + (step.getIndex() + 1) + "]" : step.getFieldName())
                .collect(Collectors.joining(" "));
    }
}
