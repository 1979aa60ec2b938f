package org.rigatino.rule;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
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
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
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

    /** SHA-256 of its bytes, in hex. @throws IllegalArgumentException where it cannot be read */
    static String sha256(Path file) {
        try {
            return DigestUtils.sha256Hex(bytes(file));
        } catch (IOException e) {
            throw wrong(file, "it cannot be read: " + e, e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_LENGTH) {
            throw new IOException("it is longer than " + MAX_LENGTH + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /**
     * @throws IllegalArgumentException that names the file, the line where that is known, what was wrong and what may stand
     *     there
     */
    static HouseRules read(Path file) {
        try {
            byte[] bytes = bytes(file);
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
        requireWritten(bytes);
        Raw raw = YAML.readTree(bytes).isMissingNode() ? null : YAML.readValue(bytes, Raw.class);
        if (raw == null || raw.rules == null || raw.rules.isEmpty()) {
            throw new IllegalArgumentException("it has no rules: they stand in a list under \"rules:\"");
        }
        return raw.rules.stream().map(RawRule::rule).toList();
    }

    /** What is left empty would ask for nothing, and an alias would be the text of its name: both would be missed by nobody. */
    private static void requireWritten(byte[] bytes) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(bytes)) {
            String key = "a value";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String line = "line " + parser.currentTokenLocation().getLineNr() + ": ";
                if (token == JsonToken.FIELD_NAME) {
                    key = parser.currentName();
                } else if (parser.isCurrentAlias()) {
                    throw new IllegalArgumentException(
                            line + "anchors and aliases are not read: write " + key + " out");
                } else if (token == JsonToken.VALUE_NULL
                        || token == JsonToken.VALUE_STRING && parser.getText().isBlank()) {
                    throw new IllegalArgumentException(line + key + " is empty: give it a value, or leave it out");
                }
            }
        }
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
