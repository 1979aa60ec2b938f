package org.rigatino.rule;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.result.ObjectKind;

/** Rules as their file has them. */
final class RulesFile {
    private static final String ALL = "all";
    private static final long MAX_LENGTH = 1 << 20;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private record Raw(List<RawRule> rules) {}

    private record RawRule(
            String name,
            Condition when,
            List<String> releases,
            Map<String, List<String>> destinations,
            Urgency urgency) {
        HouseRule rule() {
            return new HouseRule(name, when, releases, kinds(), urgency);
        }

        private Map<String, Set<ObjectKind>> kinds() {
            if (destinations == null) {
                return null;
            }
            Map<String, Set<ObjectKind>> kinds = new LinkedHashMap<>();
            destinations.forEach((destination, names) -> kinds.put(destination, RulesFile.kinds(name, names)));
            return kinds;
        }
    }

    private RulesFile() {}

    /**
     * @throws IllegalArgumentException that names the file, the line where that is known, what was wrong and what may stand
     *     there
     */
    static HouseRules read(Path file) {
        try {
            if (Files.size(file) > MAX_LENGTH) {
                throw new IllegalArgumentException("it is longer than " + MAX_LENGTH + " bytes");
            }
            byte[] bytes = Files.readAllBytes(file);
            return new HouseRules(rules(bytes), DigestUtils.sha256Hex(bytes));
        } catch (JsonProcessingException e) {
            throw wrong(file, where(e) + what(e), e);
        } catch (IOException e) {
            throw wrong(file, "it cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw wrong(file, e.getMessage(), e);
        }
    }

    private static List<HouseRule> rules(byte[] bytes) throws IOException {
        JsonNode tree = YAML.readTree(bytes);
        Raw raw = tree.isMissingNode() || tree.isNull() ? null : YAML.readValue(bytes, Raw.class);
        if (raw == null || raw.rules == null || raw.rules.isEmpty()) {
            throw new IllegalArgumentException("it has no rules: they stand in a list under \"rules:\"");
        }
        if (raw.rules.contains(null)) {
            throw new IllegalArgumentException("its rule " + (raw.rules.indexOf(null) + 1) + " is empty");
        }
        return raw.rules.stream().map(RawRule::rule).toList();
    }

    private static Set<ObjectKind> kinds(String rule, List<String> names) {
        Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
        for (String name : names == null ? List.<String>of() : names) {
            if (ALL.equals(name)) {
                kinds.addAll(EnumSet.allOf(ObjectKind.class));
            } else {
                kinds.add(Stream.of(ObjectKind.values())
                        .filter(kind -> kind.configurationName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("rule \"" + rule + "\" names objects " + name
                                + ", which is none of all, "
                                + Stream.of(ObjectKind.values())
                                        .map(ObjectKind::configurationName)
                                        .collect(Collectors.joining(", ")))));
            }
        }
        return kinds;
    }

    private static IllegalArgumentException wrong(Path file, String what, Exception cause) {
        return new IllegalArgumentException("rigatino.rules.file, " + file.toAbsolutePath() + ": " + what, cause);
    }

    private static String where(JsonProcessingException e) {
        JsonLocation place = e.getLocation();
        return place == null ? "" : "line " + place.getLineNr() + ": ";
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
            return at(other) + ": what stands there is of another kind than belongs there";
        }
        return "it is no YAML: " + e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static String at(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + (step.getIndex() + 1) + "]" : step.getFieldName())
                .collect(Collectors.joining(" "));
    }
}
