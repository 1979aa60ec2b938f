package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which departure on a release marks, where its site sets none. */
class MarkLevelTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "mean of the highest {0}, critic {1}, threshold {2}: from {3} on")
    @CsvSource({
        "0.02, 0, 1.709038264867736, 1.7",
        "0.1, 0, 1.7, 1.7",
        "0.01, 0, 4, 4",
        "0.01, 0, 0, 0.1",
        "0.11, 0, 1.709038264867736, 3",
        "1, 0, 0.7489071460789134, 3",
        "0.02, 0.5, 1.709038264867736, 3"
    })
    void isTheThresholdWhereThatIsOneOfPlaces(double topShare, double critic, double threshold, double level)
            throws IOException {
        ReleaseFile tiny = Releases.write(folder, "tiny", Releases.AXIAL_FLAIR).file();
        Scoring scoring = new Scoring(Scoring.Sign.BRIGHTER, 1, topShare, 1, critic, 0);
        ReleaseFile file = tiny.but(draft -> {
            draft.scoring = scoring;
            draft.calibration = new Calibration(List.of(1.0), 0.95, threshold, 2);
            draft.training = new ReleaseFile.Training("none", "none", "none", 1, 3, 0, 0, 4, Map.of());
            draft.limits = List.of();
        });
        assertThat(file.markLevel()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"brain-flair/4, 1.7", "brain-flair/5, 1.7", "chest-xray-paediatric/2, 3"})
    void isKnownOfReleasesThatSayNothingOfIt(String release, double level) throws IOException {
        assertThat(Releases.of(release).file().markLevel()).isEqualTo(level);
    }
}
