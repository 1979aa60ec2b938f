package org.rigatino.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.rigatino.image.Framing;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.Scoring;

/** What a release is for, said before it is trained: the parts of its release file that no training decides. */
public record ReleaseProfile(
        String purpose,
        Framing framing,
        Normalisation normalisation,
        Scoring scoring,
        Eligibility eligibility,
        List<String> limits) {

    /** Whole frames, eligible for nothing. */
    public static final ReleaseProfile DEFAULT = new ReleaseProfile(
            "Trained without a profile: for evaluation only.",
            Framing.WHOLE,
            new Normalisation(Normalisation.Statistics.MOMENTS, -4, 4, 0.1),
            new Scoring(Scoring.Sign.BOTH, 1.5, 0.01, 1),
            Eligibility.NONE,
            List.of("Eligible for nothing: no profile said what it is for."));

    public static ReleaseProfile read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), ReleaseProfile.class);
    }
}
