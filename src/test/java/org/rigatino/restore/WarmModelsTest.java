package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmModelsTest {
    @TempDir
    Path folder;

    @Test
    void onceClosedWarmModelsOpenNothingAnew() throws IOException {
        ModelRelease release = Releases.write(folder, "brain", Releases.AXIAL_FLAIR);
        WarmModels warm = new WarmModels(ModelReleases.ofAll(List.of(release)), "cpu", 1);
        WarmModels others = warm.of(ModelReleases.ofAll(List.of()));
        Restorer opened = others.restorer(release);
        assertThat(warm.restorer(release)).isSameAs(opened);
        warm.close();
        for (WarmModels closed : List.of(warm, others)) {
            assertThatExceptionOfType(RestorerException.class)
                    .isThrownBy(() -> closed.restorer(release))
                    .withMessageContaining("model release brain/1 is closed");
        }
        warm.close();
    }
}
