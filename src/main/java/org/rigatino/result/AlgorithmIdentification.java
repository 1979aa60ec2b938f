package org.rigatino.result;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Which model release made a result, in the words of the Algorithm Identification Macro (PS3.3 10.16), and when.
 *
 * @param digest SHA-256 in hex over weights and release file; changes whenever the model changes
 * @param contentTime Content Date and Time of what it made, whole seconds: as the record has it, so that a repetition has
 *     the same; empty where nothing is recorded, and the source's own time stands in
 */
public record AlgorithmIdentification(
        String name, String version, String digest, Optional<OffsetDateTime> contentTime) {
    /** Characters that every Specific Character Set holds (PS3.5 6.1.1), and no backslash, which separates values. */
    private static final String PRINTABLE = "[ -~&&[^\\\\]]{1,40}";

    public AlgorithmIdentification {
        if (!name.matches(PRINTABLE) || !version.matches(PRINTABLE)) {
            throw new IllegalArgumentException("model name '" + name + "' and version '" + version
                    + "' must be 1 to 40 ASCII characters each, without backslash");
        }
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("model digest '" + digest + "' must be 64 hexadecimal digits");
        }
    }

    /** Without a recorded time. */
    public AlgorithmIdentification(String name, String version, String digest) {
        this(name, version, digest, Optional.empty());
    }

    /** Name and version as shown to a reader. */
    String title() {
        return name + " " + version;
    }
}
