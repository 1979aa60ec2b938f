package org.rigatino.rule;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.refusal.Refusal;
import org.rigatino.result.ObjectKind;

/** Rules as their file has them. */
final class RulesFile {
    private static final String ALL = "all";
    private static final long MAX_LENGTH = 1 << 20;
    private static final Pattern INDENTED_BY_TAB = Pattern.compile(" *\\t[ \\t]*[^ \\t#]");

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
            throw unreadable(file, e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_LENGTH) {
            throw new IOException(RuleReason.TOO_LONG.refusal(MAX_LENGTH).english());
        }
        return Files.readAllBytes(file);
    }

    private static IllegalArgumentException unreadable(Path file, IOException e) {
        Refusal why;
        if (e instanceof NoSuchFileException) {
            why = RuleReason.NO_FILE.refusal();
        } else if (e instanceof AccessDeniedException) {
            why = RuleReason.NOT_ALLOWED.refusal(System.getProperty("user.name"));
        } else {
            why = RuleReason.NOT_READ.refusal(e.getMessage());
        }
        return inFile(file, why);
    }

    private static IllegalArgumentException inFile(Path file, Refusal what) {
        return RuleReason.IN_FILE.wrong(file.toAbsolutePath(), what);
    }

    /**
     * @throws IllegalArgumentException that names the file, the line where that is known, what was wrong and what may stand
     *     there
     */
    static HouseRules read(Path file) {
        byte[] bytes;
        try {
            bytes = bytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return read(bytes, what -> inFile(file, what));
    }

    /** @throws IllegalArgumentException as {@link #read(Path)} */
    static HouseRules draft(byte[] bytes) {
        return read(bytes, RuleReason.IN_DRAFT::wrong);
    }

    /** @param wrong of what is wrong in it */
    private static HouseRules read(byte[] bytes, Function<Refusal, IllegalArgumentException> wrong) {
        Map<String, Integer> lines = new HashMap<>();
        try {
            if (bytes.length > MAX_LENGTH) {
                throw RuleReason.TOO_LONG.wrong(MAX_LENGTH);
            }
            return new HouseRules(rules(bytes, lines), DigestUtils.sha256Hex(bytes), bytes);
        } catch (JsonProcessingException e) {
            throw wrong.apply(RulesMistake.of(e, lines));
        } catch (IOException | IllegalArgumentException e) {
            throw wrong.apply(RuleReason.said(e));
        }
    }

    private static List<HouseRule> rules(byte[] bytes, Map<String, Integer> lines) throws IOException {
        requireNoTabs(bytes);
        requireWritten(bytes, lines);
        Raw raw = YAML.readTree(bytes).isMissingNode() ? null : YAML.readValue(bytes, Raw.class);
        if (raw == null || raw.rules == null || raw.rules.isEmpty()) {
            throw RuleReason.NO_RULES.wrong();
        }
        List<HouseRule> rules = new ArrayList<>();
        for (RawRule rule : raw.rules) {
            try {
                rules.add(rule.rule());
            } catch (IllegalArgumentException e) {
                Integer line = lines.get("rules [" + (rules.size() + 1) + "]");
                throw line == null ? e : RuleReason.AT_LINE.wrong(line, RuleReason.said(e));
            }
        }
        return rules;
    }

    /** YAML 1.2, 6.1. Its parser says where it began to look, not where the tab is. */
    private static void requireNoTabs(byte[] bytes) {
        List<String> text = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < text.size(); i++) {
            if (INDENTED_BY_TAB.matcher(text.get(i)).lookingAt()) {
                throw RuleReason.AT_LINE.wrong(i + 1, RuleReason.TAB.refusal());
            }
        }
    }

    /** What is left empty would ask for nothing, and an alias would be the text of its name: both would be missed by nobody. */
    private static void requireWritten(byte[] bytes, Map<String, Integer> lines) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(bytes)) {
            Refusal key = RuleReason.A_VALUE.refusal();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int line = parser.currentTokenLocation().getLineNr();
                lines.putIfAbsent(place(parser.getParsingContext(), token), line);
                if (token == JsonToken.FIELD_NAME) {
                    key = RuleReason.OTHER.refusal(parser.currentName());
                } else if (parser.isCurrentAlias()) {
                    throw RuleReason.AT_LINE.wrong(line, RuleReason.ALIAS.refusal(key));
                } else if (token == JsonToken.VALUE_NULL
                        || token == JsonToken.VALUE_STRING && parser.getText().isBlank()) {
                    throw RuleReason.AT_LINE.wrong(line, RuleReason.EMPTY.refusal(key));
                }
            }
        }
    }

    /** As {@link RulesMistake} names it, of what begins here. */
    private static String place(JsonStreamContext context, JsonToken token) {
        List<String> steps = new ArrayList<>();
        JsonStreamContext step = token.isStructStart() ? context.getParent() : context;
        for (; step != null && !step.inRoot(); step = step.getParent()) {
            steps.add(
                    0,
                    step.inArray() ? "[" + (step.getCurrentIndex() + 1) + "]" : String.valueOf(step.getCurrentName()));
        }
        return String.join(" ", steps);
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
                        .orElseThrow(() -> RuleReason.UNKNOWN_OBJECTS.wrong(
                                rule,
                                name,
                                Stream.of(ObjectKind.values())
                                        .map(ObjectKind::configurationName)
                                        .collect(Collectors.joining(", ")))));
            }
        }
        return kinds;
    }
}
