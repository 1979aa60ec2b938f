package org.rigatino.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code metrics.json} beside a release: what {@code evaluate} measured of it. Not part of its identity, which is why it
 * names the identity that it was measured on.
 *
 * @param digest of the release
 * @param metrics by name
 */
public record ReleaseMetrics(String digest, Map<String, Object> metrics) {
    public static final String FILE = "metrics.json";

    /** Why the numbers are not those of what the release serves, a sentence each; absent where they are. */
    public static final String CAVEATS = "caveats";

    /** When {@code evaluate} recorded them, ISO 8601; absent from those of before it said so. */
    private static final String MEASURED_AT = "measured_at";

    /**
     * Empty where the release was not measured.
     *
     * @throws IOException where the file is malformed, or tells of another release
     */
    public static Optional<ReleaseMetrics> of(ModelRelease release) throws IOException {
        Path file = release.directory().resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        ReleaseMetrics measured = new ObjectMapper().readValue(file.toFile(), ReleaseMetrics.class);
        if (measured == null || measured.digest == null || measured.metrics == null) {
            throw new IOException(file + " lacks digest or metrics: run evaluate with --record again");
        }
        if (!release.digest().equals(measured.digest)) {
            throw new IOException(file + " was measured on the release of digest " + measured.digest
                    + ", not on this one, " + release.digest() + ": run evaluate with --record again");
        }
        requireTime(measured, file);
        return Optional.of(measured);
    }

    private static void requireTime(ReleaseMetrics measured, Path file) throws IOException {
        try {
            measured.measuredAt();
        } catch (DateTimeParseException e) {
            throw new IOException(
                    file + " has a " + MEASURED_AT + " that is no time, " + e.getParsedString()
                            + ": run evaluate with --record again",
                    e);
        }
    }

    /** Of a release's metrics; none where its numbers are those of what it serves. */
    public static List<String> caveats(Map<String, Object> metrics) {
        return metrics.get(CAVEATS) instanceof Collection<?> caveats
                ? caveats.stream().map(Object::toString).toList()
                : List.of();
    }

    /** {@link Instant#EPOCH} where the file does not say. */
    public Instant measuredAt() {
        return metrics.get(MEASURED_AT) instanceof String time ? Instant.parse(time) : Instant.EPOCH;
    }

    /** As of now. */
    public static void record(ModelRelease release, Map<String, Object> metrics) throws IOException {
        Map<String, Object> dated = new LinkedHashMap<>(metrics);
        dated.put(MEASURED_AT, Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
        ReleaseMetrics measured = new ReleaseMetrics(release.digest(), dated);
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.writeString(release.directory().resolve(FILE), json.writeValueAsString(measured) + "\n");
    }
}
