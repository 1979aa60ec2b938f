package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.restore.Eligibility;

class ReleaseProfileTest {
    private static final String VALID =
            """
            {
              "purpose": "tests",
              "framing": "HEAD",
              "normalisation": {"statistics": "MOMENTS", "low": -4.0, "high": 4.0, "threshold": 0.1},
              "scoring": {"sign": "BRIGHTER", "smoothing": 1.0, "topShare": 0.01, "bilateral": 1.0}
            }
            """;

    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("profile.json"), text);
    }

    @Test
    void whatSaysNoEligibilityIsEligibleForNothing() throws IOException {
        ReleaseProfile profile = ReleaseProfile.read(write(VALID));
        assertThat(profile.eligibility()).isEqualTo(Eligibility.NONE);
        assertThat(profile.limits()).isEmpty();
        assertThat(profile.scoring().criticWeight()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tests\",    | \"tests\", \"grid\": 3, | is no profile: grid: no such field, those there are eligibility",
                "\"smoothing\" | \"smothing\"         | is no profile: scoring.smothing: no such field",
                "\"HEAD\"      | \"HEADS\"            | is no profile: framing: HEADS is none of [WHOLE, HEAD, HEAD_ABOVE_NOISE]",
                "1.0, \"topS   | -1.0, \"topS         | scoring: scoring has sign BRIGHTER, smoothing -1.0",
                "\"purpose\"   | purpose              | line 2 is not JSON: ",
                "\"purpose\": \"tests\", | ''         | is no profile: a profile needs purpose, framing",
            })
    void whatIsWrongIsSaidInOneLine(String valid, String wrong, String what) throws IOException {
        Path file = write(VALID.replace(valid, wrong));
        assertThatIOException()
                .isThrownBy(() -> ReleaseProfile.read(file))
                .withMessageStartingWith(file + " ")
                .withMessageContaining(what)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "REDACTED", "org.rigatino"));
    }

    @Test
    void anAbsentFileIsNamed() {
        Path absent = folder.resolve("absent.json");
        assertThatIOException()
                .isThrownBy(() -> ReleaseProfile.read(absent))
                .withMessage("there is no profile " + absent);
    }
}
