package org.rigatino.result;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Which model release made a result, in the words of the Algorithm Identification Macro (PS3.3 10.16), and when.
 *
 * @param name as objects have it: what is not ASCII is a question mark, what is too long for a Long String is left out
 * @param version as {@code name}
 * @param digest SHA-256 in hex over weights and release file; changes whenever the model changes
 * @param contentTime Content Date and Time of what it made, whole seconds: as the record has it, so that a repetition has
 *     the same; empty where nothing is recorded, and the source's own time stands in
 */
public record AlgorithmIdentification(
        String name, String version, String digest, Optional<OffsetDateTime> contentTime) {
    /** In characters (PS3.5 6.2, LO). */
    static final int LONGEST = 64;

    /** All but what every Specific Character Set holds (PS3.5 6.1.1) and separates no values. */
    private static final String UNPRINTABLE = "[^ -~]|\\\\";

    public AlgorithmIdentification {
        name = shortened(printable(name), LONGEST);
        version = shortened(printable(version), LONGEST);
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("model digest '" + digest + "' must be 64 hexadecimal digits");
        }
    }

    /** What every Specific Character Set holds of it; the rest is question marks. */
    static String printable(String text) {
        return text.replaceAll(UNPRINTABLE, "?");
    }

    /** Without a recorded time. */
    public AlgorithmIdentification(String name, String version, String digest) {
        this(name, version, digest, Optional.empty());
    }

    /** Name and version as shown to a reader. */
    String title() {
        return name + " " + version;
    }

    /** The same in so many characters at most. */
    String title(int most) {
        return shortened(title(), most);
    }

    /** Without its last words, whole, where it is too long; cut where it is one word. */
    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Math.max(text.lastIndexOf(' ', most), text.lastIndexOf('-', most));
        return text.substring(0, end > 0 ? end : most);
    }
}
