package org.rigatino.rule;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.refusal.Refusal;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What is wrong in a file of rules, for whoever wrote it. */
final class RulesMistake {
    /** What stands where, by the last name on the way to it. */
    private static final Map<String, Refusal> BELONGS = Map.of(
            "rules", RuleReason.LIST_OF_RULES.refusal(),
            "name", RuleReason.TEXT.refusal(),
            "when", RuleReason.ATTRIBUTES.refusal(),
            "patientAge", RuleReason.AGE.refusal("{fromYears: 0, belowYears: 16}"),
            "releases", RuleReason.RELEASES.refusal(),
            "destinations", RuleReason.DESTINATIONS.refusal(),
            "urgency", RuleReason.URGENCIES.refusal());

    private RulesMistake() {}

    /** @param lines by place, as {@link #at} names it */
    static Refusal of(JsonProcessingException e, Map<String, Integer> lines) {
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            return RuleReason.AT_LINE.refusal(
                    yaml.getProblemMark().getLine() + 1, RuleReason.NO_YAML.refusal(yaml.getProblem()));
        }
        Integer line = line(e, lines);
        return line == null ? what(e) : RuleReason.AT_LINE.refusal(line, what(e));
    }

    private static Integer line(JsonProcessingException e, Map<String, Integer> lines) {
        JsonLocation place = e.getLocation();
        Integer line = e instanceof JsonMappingException mapping ? lines.get(at(mapping)) : null;
        return line == null && place != null ? (Integer) place.getLineNr() : line;
    }

    private static Refusal what(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return RuleReason.NONE_OF.refusal(
                    unknown.getPropertyName(),
                    listed(unknown.getKnownPropertyIds().stream().sorted(Comparator.comparing(Object::toString))));
        }
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return RuleReason.said(refused);
        }
        if (e instanceof InvalidFormatException other && other.getTargetType().isEnum()) {
            return RuleReason.IS_NONE_OF.refusal(
                    at(other),
                    other.getValue(),
                    listed(Stream.of(other.getTargetType().getEnumConstants())));
        }
        if (e instanceof MismatchedInputException other) {
            return other.getPath().isEmpty()
                    ? RuleReason.OTHER_KIND.refusal(belongs(other))
                    : RuleReason.OTHER_KIND_AT.refusal(at(other), belongs(other));
        }
        return RuleReason.NO_YAML.refusal(
                e.getOriginalMessage().lines().findFirst().orElse(""));
    }

    private static String listed(Stream<?> some) {
        return some.map(Object::toString).collect(Collectors.joining(", "));
    }

    private static Refusal belongs(MismatchedInputException e) {
        String name = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(field -> field != null)
                .reduce((first, last) -> last)
                .orElse(null);
        return name == null
                ? RuleReason.LIST_AT_TOP.refusal()
                : BELONGS.getOrDefault(name, RuleReason.VALUES.refusal());
    }

    /** {@code rules [2] when modality}: items are counted from 1. */
    private static String at(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + (step.getIndex() + 1) + "]" : step.getFieldName())
                .collect(Collectors.joining(" "));
    }
}
