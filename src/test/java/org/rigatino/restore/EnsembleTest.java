package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.network.ImageBlock;
import org.rigatino.restore.ReleaseFile.Network;
import org.rigatino.restore.ReleaseFile.Precision;

/** Several networks, halves of weights and critics in one release. */
class EnsembleTest {
    private static final int SIDE = 64;

    @TempDir
    Path models;

    private ModelRelease release(String name, Network network, int seed) throws IOException {
        return Releases.write(models, name, Releases.AXIAL_FLAIR, network, SIDE, seed);
    }

    private static RestoredFrame restored(ModelRelease release) {
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            return restorer.restore(List.of(frame())).get(0);
        }
    }

    private static Frame frame() {
        Random random = new Random(8);
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            boolean head = Math.hypot(i / SIDE - 30, i % SIDE - 32) < 25;
            values[i] = head ? 100 + random.nextFloat() * 200 : 0;
        }
        FrameReference reference = new FrameReference("1", "2", "3", "4", 1);
        return new Frame(reference, SIDE, SIDE, values, new byte[values.length], Optional.empty(), Optional.empty());
    }

    @Test
    void membersAreAveraged() throws IOException {
        float[] first = restored(release("first", Releases.NETWORK, 10)).restored();
        float[] second = restored(release("second", Releases.NETWORK, 11)).restored();
        float[] third = restored(release("third", Releases.NETWORK, 12)).restored();
        Network three = new Network(Releases.NETWORK.sizes(), 3, Precision.FLOAT32);
        float[] mean = restored(release("three", three, 10)).restored();
        assertThat(first).isNotEqualTo(second);
        for (int i = 0; i < mean.length; i++) {
            assertThat((double) mean[i]).isCloseTo(((double) first[i] + second[i] + third[i]) / 3, within(1e-6));
        }
    }

    @Test
    void halvesAreTheNearestNumbersOfElevenBits() throws IOException {
        Network network = new Network(Releases.NETWORK.sizes(), 1, Precision.FLOAT16);
        ModelRelease full = release("full", Releases.NETWORK, 10);
        ModelRelease half = release("half", network, 10);
        assertThat(restored(half).restored()).isNotEqualTo(restored(full).restored());
        try (NDManager manager = NDManager.newBaseManager()) {
            List<Float> expected = weights(full, manager);
            List<Float> actual = weights(half, manager);
            assertThat(actual).hasSameSizeAs(expected).hasSizeGreaterThan(10_000);
            for (int i = 0; i < actual.size(); i++) {
                // smaller than 2^-14, half precision counts in steps of 2^-24
                double step = Math.max(Math.ulp(expected.get(i)) * Math.pow(2, 13), Math.pow(2, -24));
                assertThat((double) actual.get(i)).isEqualTo(Math.rint(expected.get(i) / step) * step);
            }
        }
    }

    private static List<Float> weights(ModelRelease release, NDManager manager) throws IOException {
        Network network = release.file().network();
        Path file = release.directory().resolve(ModelRelease.WEIGHTS_FILE);
        List<Float> weights = new ArrayList<>();
        Weights.read(file, manager, network, () -> Networks.drawing("sagan", network, SIDE))
                .get(0)
                .getParameters()
                .values()
                .forEach(parameter -> {
                    for (float value : parameter.getArray().toFloatArray()) {
                        weights.add(value);
                    }
                });
        return weights;
    }

    private static ReleaseFile with(Network network, ReleaseFile file) {
        return file.but(draft -> draft.network = network);
    }

    @Test
    void inHalfPrecisionAReleaseIsHalfAsLargeAndDrawsAlmostTheSame() throws IOException {
        ModelRelease full = release("full", Releases.NETWORK, 10);
        ReleaseFile file = full.file();
        Path halved = Files.createDirectories(models.resolve("half/1"));
        Network network = new Network(file.network().sizes(), 1, Precision.FLOAT16);
        Supplier<ImageBlock> empty = () -> Networks.drawing(file.method(), network, SIDE);
        Path weights = full.directory().resolve(ModelRelease.WEIGHTS_FILE);
        try (NDManager manager = NDManager.newBaseManager()) {
            List<ImageBlock> members = Weights.read(weights, manager, file.network(), empty);
            Weights.write(halved.resolve(ModelRelease.WEIGHTS_FILE), manager, members, network.precision(), empty);
        }
        ModelRelease half = ModelRelease.write(halved, with(network, file), full.spread());
        assertThat((double) Files.size(halved.resolve(ModelRelease.WEIGHTS_FILE)) / Files.size(weights))
                .isBetween(0.4, 0.7);
        float[] expected = restored(full).restored();
        float[] actual = restored(half).restored();
        double squares = 0;
        for (int i = 0; i < actual.length; i++) {
            squares += Math.pow(actual[i] - expected[i], 2) / actual.length;
        }
        assertThat(Math.sqrt(squares)).isBetween(1e-7, 2e-2);
    }

    @Test
    void aCriticSpeaksOfTheInputAndCriticsAreAveraged() throws IOException {
        Map<String, Integer> sizes = Map.of("width", 2, "patch", 16, "position", 1, "gate", 1, "critic", 2);
        RestoredFrame first = restored(release("first", Network.single(sizes), 10));
        RestoredFrame second = restored(release("second", Network.single(sizes), 11));
        RestoredFrame both = restored(release("both", new Network(sizes, 2, Precision.FLOAT32), 10));
        assertThat(first.critic().getAsDouble()).isNotEqualTo(second.critic().getAsDouble());
        double mean = (first.critic().getAsDouble() + second.critic().getAsDouble()) / 2;
        assertThat(both.critic().getAsDouble()).isCloseTo(mean, within(1e-6));
        assertThat(restored(release("none", Releases.NETWORK, 10)).critic()).isEmpty();
    }

    @Test
    void aCriticThatIsTakenAwayOrAddedIsNoticed() throws IOException {
        Map<String, Integer> sizes = Map.of("width", 2, "patch", 16, "position", 1, "gate", 1, "critic", 2);
        ModelRelease with = release("with", Network.single(sizes), 10);
        ModelRelease without = release("without", Releases.NETWORK, 10);
        Path critic = with.directory().resolve(ModelRelease.CRITIC_FILE);
        Files.copy(critic, without.directory().resolve(ModelRelease.CRITIC_FILE), StandardCopyOption.REPLACE_EXISTING);
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.load(without.directory()))
                .withMessageContaining("SHA256SUMS");
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.write(without.directory(), without.file(), without.spread()))
                .withMessageContaining("critic.params but no size critic");
        Files.delete(critic);
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.write(with.directory(), with.file(), with.spread()))
                .withMessageContaining("no critic.params");
    }

    @Test
    void anAblationsReleaseLoads() throws IOException {
        Map<String, Integer> sizes = Map.of("width", 2, "patch", 16, "position", 0, "gate", 0);
        float[] ablated =
                restored(release("ablated", Network.single(sizes), 10)).restored();
        assertThat(ablated)
                .isNotEqualTo(restored(release("whole", Releases.NETWORK, 10)).restored());
    }

    @Test
    void aReleaseThatSpeaksOfPositionLoadsAndOneOfAnUnknownKindIsRefused() throws IOException {
        Map<String, Integer> sizes = new TreeMap<>(Releases.NETWORK.sizes());
        sizes.put("position", 2);
        float[] spoken = restored(release("spoken", Network.single(sizes), 10)).restored();
        assertThat(spoken)
                .isNotEqualTo(restored(release("whole", Releases.NETWORK, 10)).restored());
        sizes.put("position", 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.require("sagan", Network.single(sizes), SIDE))
                .withMessageContainingAll("position 3", "2 (spoken)");
    }

    @Test
    void weightsThatAreNotWhatTheReleaseSaysAreRefused() throws IOException {
        ModelRelease release = release("one", Releases.NETWORK, 10);
        Path weights = release.directory().resolve(ModelRelease.WEIGHTS_FILE);
        for (Network other : List.of(
                new Network(Releases.NETWORK.sizes(), 2, Precision.FLOAT32),
                new Network(Releases.NETWORK.sizes(), 1, Precision.FLOAT16),
                Network.single(Map.of("width", 4, "patch", 16, "position", 1, "gate", 1)),
                Network.single(Map.of("width", 2, "patch", 16, "position", 2, "gate", 1)))) {
            assertThatIllegalArgumentException()
                    .as(other.toString())
                    .isThrownBy(() -> Weights.read(
                            weights, NDManager.newBaseManager(), other, () -> Networks.drawing("sagan", other, SIDE)))
                    .withMessageContainingAll("model.params does not fit", "release.json");
        }
        Files.write(weights, new byte[] {1}, StandardOpenOption.APPEND);
        ModelRelease longer = ModelRelease.write(release.directory(), release.file(), release.spread());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Restorer.open(longer, "cpu", 1))
                .withMessageContaining("more weights");
    }

    @Test
    void unknownMethodsAndSizesAreNamed() {
        Network sizes = Network.single(Map.of("width", 2, "depth", 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.drawing("gan", sizes, 64))
                .withMessageContainingAll("gan", "sagan");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.drawing("sagan", sizes, 64))
                .withMessageContainingAll("depth", "[gate, patch, position, width]");
    }
}
