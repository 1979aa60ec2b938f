package org.rigatino.learn.train;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.rigatino.image.Framing;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.Redrawing;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Scoring;

/**
 * What a release is for, said before it is trained: the parts of its release file that no training decides.
 *
 * @param eligibility nothing is eligible where it is null
 * @param limits none where it is null
 * @param redrawing null where what departs from health is drawn once
 */
public record ReleaseProfile(
        String purpose,
        Framing framing,
        Normalisation normalisation,
        Scoring scoring,
        Eligibility eligibility,
        List<String> limits,
        Redrawing redrawing) {

    /** Whole frames, eligible for nothing. */
    public static final ReleaseProfile DEFAULT = new ReleaseProfile(
            "Trained without a profile: for evaluation only.",
            Framing.WHOLE,
            new Normalisation(Normalisation.Statistics.MOMENTS, -4, 4, 0.1),
            new Scoring(Scoring.Sign.BOTH, 1.5, 0.01, 1),
            Eligibility.NONE,
            List.of("Eligible for nothing: no profile said what it is for."),
            null);

    public ReleaseProfile {
        boolean complete = purpose != null && framing != null && normalisation != null && scoring != null;
        if (!complete) {
            throw new IllegalArgumentException("a profile needs purpose, framing, normalisation and scoring");
        }
        eligibility = eligibility == null ? Eligibility.NONE : eligibility;
        limits = limits == null ? List.of() : List.copyOf(limits);
    }

    /** What a release was made with. */
    static ReleaseProfile of(ReleaseFile release) {
        return new ReleaseProfile(
                release.purpose(),
                release.grid().framing(),
                release.normalisation(),
                release.scoring(),
                release.eligibility(),
                release.limits(),
                release.redrawing());
    }

    /** @throws IOException where there is no such file, or it is no profile: which field or line, and what is wrong there */
    public static ReleaseProfile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no profile " + file);
        }
        try {
            return new ObjectMapper().readValue(file.toFile(), ReleaseProfile.class);
        } catch (JsonParseException e) {
            throw new IOException(
                    file + " line " + e.getLocation().getLineNr() + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (JsonMappingException e) {
            throw new IOException(file + " is no profile: " + place(e) + wrong(e), e);
        }
    }

    /** As in {@code scoring.smoothing: }, empty for the whole. */
    private static String place(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : path + ": ";
    }

    private static String wrong(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .toList();
            return "no such field, those there are " + String.join(", ", known);
        }
        if (e instanceof InvalidFormatException invalid
                && invalid.getTargetType().isEnum()) {
            return invalid.getValue() + " is none of "
                    + Arrays.toString(invalid.getTargetType().getEnumConstants());
        }
        if (e instanceof ValueInstantiationException invalid && invalid.getCause() != null) {
            return invalid.getCause().getMessage();
        }
        return e.getOriginalMessage();
    }
}
