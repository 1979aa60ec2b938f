package org.rigatino.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NormalStudies;
import org.rigatino.restore.Releases;

class NormalStudiesInForceTest {
    @Test
    void aSiteMaySetWhatIsPromisedAsFarAsTheNormalStudiesReach(@TempDir Path models) throws IOException {
        ModelRelease without = Releases.write(models, "tiny", Releases.AXIAL_FLAIR);
        assertThat(NormalStudiesInForce.of(without, Optional.of(1.0))).isEmpty();

        NormalStudies own = new NormalStudies(3, Collections.nCopies(24, 1.0), 0.05, "site");
        ModelRelease release =
                ModelRelease.write(without.directory(), without.file().withStudies(own), without.spread());
        assertThat(NormalStudiesInForce.of(release, Optional.empty())).hasValue(own);
        assertThat(NormalStudiesInForce.of(release, Optional.of(10.0))).hasValue(own.withFalseAlarms(0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormalStudiesInForce.of(release, Optional.of(2.0)))
                .withMessage("rigatino.finding.false-alarms-per-100-normal-studies, model release tiny/1: 24 normal"
                        + " studies cannot promise 2 false alarms in 100, the smallest p-value that they give is 0.0400:"
                        + " 49 normal studies are needed, or 4 false alarms in 100 and more");
    }
}
