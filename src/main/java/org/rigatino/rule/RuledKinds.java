package org.rigatino.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
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

    /** @param written null where no rule said anything, and everything may go everywhere */
    public static boolean let(String written, String destination, ObjectKind kind) {
        if (written == null) {
            return true;
        }
        try {
            return JSON.readValue(written, NAMES)
                    .getOrDefault(destination, Set.of())
                    .contains(kind.name());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "study.ruled_destinations is no object of lists: " + e.getOriginalMessage(), e);
        }
    }
}
