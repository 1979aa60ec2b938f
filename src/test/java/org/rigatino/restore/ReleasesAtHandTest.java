package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;

class ReleasesAtHandTest {
    @TempDir
    Path models;

    @Test
    void whatTheCheckReadIsReadByTheNextAloneAndOnce() throws IOException {
        Path release = Releases.write(models, "brain", Releases.AXIAL_FLAIR).directory();
        List<ModelRelease> checked = ReleasesAtHand.check(models);
        Files.writeString(release.resolve(ModelRelease.WEIGHTS_FILE), "other");

        ReleasesAtHand next = atHand(models);
        assertThat(next.all()).isSameAs(checked);
        assertThat(next.all()).isSameAs(checked);
        assertThatIOException().isThrownBy(() -> atHand(models).all()).withMessageContaining("do not match SHA256SUMS");
    }

    @Test
    void whatWasCheckedElsewhereIsNotTaken(@TempDir Path others) throws IOException {
        Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        Releases.write(others, "chest", Releases.AXIAL_FLAIR);
        ReleasesAtHand.check(models);
        assertThat(atHand(others).all()).extracting(ModelRelease::name).containsExactly("chest");
    }

    private static ReleasesAtHand atHand(Path models) {
        ReleasesAtHand atHand = new ReleasesAtHand();
        atHand.configuration =
                Settings.of(RestoreConfiguration.class, Map.of("rigatino.restore.models", models.toString()));
        return atHand;
    }
}
