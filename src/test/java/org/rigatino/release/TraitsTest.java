package org.rigatino.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleaseMetrics;
import org.rigatino.restore.Releases;

class TraitsTest {
    @TempDir
    Path folder;

    @Test
    void numbersThatAreNotOfWhatItServesAreNoMeasurement() throws IOException {
        ModelRelease release = Releases.write(folder, "tiny", Releases.AXIAL_FLAIR);
        assertThat(Traits.of(release).measured()).isFalse();
        ReleaseMetrics.record(release, Map.of("image_auroc", 0.9));
        assertThat(Traits.of(release).measured()).isTrue();
        ReleaseMetrics.record(
                release,
                Map.of("image_auroc", 0.99, "caveats", List.of("tiny/1 has learnt from 80 of the 100 images.")));
        assertThat(Traits.of(release).measured()).isFalse();
    }
}
