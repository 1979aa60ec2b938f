package org.rigatino.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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
        return Optional.of(measured);
    }

    /** Of a release's metrics; none where its numbers are those of what it serves. */
    public static List<String> caveats(Map<String, Object> metrics) {
        return metrics.get(CAVEATS) instanceof Collection<?> caveats
                ? caveats.stream().map(Object::toString).toList()
                : List.of();
    }

    public static void record(ModelRelease release, Map<String, Object> metrics) throws IOException {
        ReleaseMetrics measured = new ReleaseMetrics(release.digest(), metrics);
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.writeString(release.directory().resolve(FILE), json.writeValueAsString(measured) + "\n");
    }
}
