package org.rigatino.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.result.ObjectKind;

/** Kinds of objects by destination, as the record keeps what rules let go where. */
public final class RuledKinds {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Set<String>>> NAMES = new TypeReference<>() {};

    private RuledKinds() {}

    public static String written(Map<String, Set<ObjectKind>> kinds) {
        try {
            return JSON.writeValueAsString(kinds);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of kinds that there are still. */
    public static Map<String, Set<ObjectKind>> read(String written) {
        Map<String, Set<ObjectKind>> kinds = new TreeMap<>();
        names(written)
                .forEach((destination, names) -> kinds.put(
                        destination,
                        Stream.of(ObjectKind.values())
                                .filter(kind -> names.contains(kind.name()))
                                .collect(Collectors.toSet())));
        return kinds;
    }

    /** @param written null where no rule said anything, and everything may go everywhere */
    public static boolean let(String written, String destination, ObjectKind kind) {
        return written == null
                || names(written).getOrDefault(destination, Set.of()).contains(kind.name());
    }

    private static Map<String, Set<String>> names(String written) {
        try {
            return JSON.readValue(written, NAMES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "study.ruled_destinations is no object of lists: " + e.getOriginalMessage(), e);
        }
    }
}
