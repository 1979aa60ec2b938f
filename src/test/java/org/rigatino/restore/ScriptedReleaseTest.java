package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.network.Scripts;

/** Releases of the method {@code torchscript}. */
class ScriptedReleaseTest {
    private static final ReleaseFile.Network SCRIPTED = ReleaseFile.Network.single(Map.of());

    @TempDir
    Path models;

    private ModelRelease release(String expression) throws IOException {
        return release(Networks.TORCHSCRIPT, SCRIPTED, expression);
    }

    private ModelRelease release(String method, ReleaseFile.Network network, String expression) throws IOException {
        Files.deleteIfExists(models.resolve("scripted/1").resolve(ModelRelease.SCRIPT_FILE));
        ModelRelease other = Releases.write(models, "scripted", Releases.AXIAL_FLAIR);
        Files.delete(other.directory().resolve(ModelRelease.WEIGHTS_FILE));
        Scripts.write(other.directory().resolve(ModelRelease.SCRIPT_FILE), expression);
        ReleaseFile file = other.file();
        ReleaseFile scripted = file.but(draft -> {
            draft.method = method;
            draft.network = network;
        });
        return ModelRelease.write(other.directory(), scripted, other.spread());
    }

    private static List<Frame> frames(int count) {
        Random random = new Random(6);
        List<Frame> frames = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            float[] values = new float[40 * 40];
            for (int i = 0; i < values.length; i++) {
                boolean head = Math.hypot(i / 40 - 20, i % 40 - 20) < 16;
                values[i] = head ? 100 * (n + 1) + random.nextFloat() * 200 : 0;
            }
            FrameReference reference = new FrameReference("1", "2", "3", "4", n + 1);
            frames.add(new Frame(reference, 40, 40, values, new byte[1600], Optional.empty(), Optional.empty()));
        }
        return frames;
    }

    @Test
    void aNetworkThatMixesItsBatchSeesOneFrameAtATime() throws IOException {
        ModelRelease release = release("torch.sub(x, torch.mean(x))");
        try (Restorer restorer = Restorer.open(release, "cpu", 4)) {
            for (RestoredFrame frame : restorer.restore(frames(6))) {
                double mean = 0;
                for (float value : frame.input()) {
                    mean += value / (double) frame.input().length;
                }
                assertThat(Math.abs(mean)).isGreaterThan(1e-3);
                for (int i = 0; i < frame.input().length; i++) {
                    assertThat((double) frame.restored()[i]).isCloseTo(frame.input()[i] - mean, within(1e-6));
                }
                assertThat(restorer.restore(List.of(frame.frame())).get(0).restored())
                        .isEqualTo(frame.restored());
                assertThat(restorer.restore(frame.input())).isEqualTo(frame.restored());
            }
        }
    }

    @Test
    void aChangedOrAbsentNetworkIsNoticed() throws IOException {
        ModelRelease release = release("torch.mul(x, 0.5)");
        Path script = release.directory().resolve(ModelRelease.SCRIPT_FILE);
        assertThat(Files.readString(release.directory().resolve(ModelRelease.SUMS_FILE)))
                .contains("  model.pt\n")
                .doesNotContain("model.params");
        assertThat(release("torch.mul(x, 0.4)").digest()).isNotEqualTo(release.digest());
        Files.write(script, new byte[] {1}, StandardOpenOption.APPEND);
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.load(release.directory()))
                .withMessageContaining("do not match SHA256SUMS");
        Files.copy(script, release.directory().resolve(ModelRelease.WEIGHTS_FILE));
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.load(release.directory()))
                .withMessageContaining("has both model.params and model.pt");
        Files.delete(script);
        Files.delete(release.directory().resolve(ModelRelease.WEIGHTS_FILE));
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.load(release.directory()))
                .withMessageContaining("has neither model.params nor model.pt");
    }

    @Test
    void methodAndFileBelongTogether() {
        assertThatIOException()
                .isThrownBy(() -> release(Networks.SAGAN, Releases.NETWORK, "x"))
                .withMessageContaining("is of method sagan but has no model.params");
        assertThatIOException()
                .isThrownBy(() -> release(Networks.TORCHSCRIPT, Releases.NETWORK, "x"))
                .withMessageContaining("it has no sizes, one member");
    }

    @Test
    void anUnusableNetworkStopsTheStart() throws IOException {
        ModelRelease release = release("torch.log(torch.sub(x, 2))");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Restorer.open(release, "cpu", 4))
                .withMessageContainingAll("model.pt", "not finite");
    }
}
