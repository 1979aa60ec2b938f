package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.finding.Findings;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;

class ReaderReleaseTest {
    @TempDir
    Path models;

    private ModelRelease plain;
    private ModelRelease reading;

    @BeforeEach
    void write() throws IOException {
        plain = Releases.write(models, "plain", Releases.AXIAL_FLAIR);
        reading = Releases.withReader(Releases.write(models, "reading", Releases.AXIAL_FLAIR), 7);
    }

    /** Heads of noise, and a blank one. */
    private static List<Frame> frames(int count) {
        List<Frame> frames = new ArrayList<>();
        Random random = new Random(5);
        for (int n = 0; n < count; n++) {
            float[] values = new float[40 * 40];
            for (int i = 0; i < values.length && n != 2; i++) {
                boolean head = Math.hypot(i / 40 - 20, i % 40 - 20) < 15;
                values[i] = head ? 100 + random.nextFloat() * 200 : random.nextFloat();
            }
            FrameReference reference = new FrameReference("1", "2", "3", "4", 1);
            frames.add(new Frame(reference, 40, 40, values, new byte[1600], Optional.empty(), Optional.empty()));
        }
        return frames;
    }

    @Test
    void aReaderIsReadAgainAndSealed() throws IOException {
        assertThat(reading.file().reader().network()).isEqualTo(Releases.READER);
        assertThat(Files.readString(reading.directory().resolve(ModelRelease.SUMS_FILE)))
                .contains(ModelRelease.READER_FILE);
        Path weights = reading.directory().resolve(ModelRelease.READER_FILE);
        byte[] changed = Files.readAllBytes(weights);
        changed[changed.length - 1] ^= 1;
        Files.write(weights, changed);
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.load(reading.directory()))
                .withMessageContaining("do not match");
    }

    @Test
    void aReleaseWithoutOneSaysNothingOfIt() throws IOException {
        assertThat(Files.readString(plain.directory().resolve(ModelRelease.RELEASE_FILE)))
                .doesNotContain("reader");
        assertThat(Files.readString(plain.directory().resolve(ModelRelease.SUMS_FILE)))
                .doesNotContain("reader");
        assertThat(plain.file().reader()).isNull();
    }

    @Test
    void aReaderWithoutWeightsAndWeightsWithoutAReaderAreRefused() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.write(
                        plain.directory(),
                        plain.file().withReader(reading.file().reader()),
                        plain.spread()))
                .withMessageContaining("has a reader in release.json but no reader.params");
        assertThatIOException()
                .isThrownBy(() ->
                        ModelRelease.write(reading.directory(), reading.file().withReader(null), reading.spread()))
                .withMessageContaining("reader.params but no reader in release.json");
    }

    @Test
    void aReaderOfSizesThatThereAreNotIsRefused() {
        ReleaseFile.Reader own = reading.file().reader();
        ReleaseFile.Network narrow = ReleaseFile.Network.single(Map.of("width", 2));
        assertThatIOException()
                .isThrownBy(() -> ModelRelease.write(
                        reading.directory(),
                        reading.file().withReader(new ReleaseFile.Reader(narrow, own.training())),
                        reading.spread()))
                .withMessageContaining("the reader's network has the sizes [width]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReleaseFile.Reader(null, own.training()))
                .withMessageContaining("needs both");
    }

    @Test
    void whatIsReadDoesNotDependOnAFramesCompany() {
        List<Frame> frames = frames(6);
        try (Restorer restorer = Restorer.open(reading, "cpu", 4)) {
            List<RestoredFrame> together = restorer.restore(frames);
            for (int i = 0; i < frames.size(); i++) {
                RestoredFrame alone = restorer.restore(frames.subList(i, i + 1)).get(0);
                assertThat(alone.reading().isPresent()).isEqualTo(i != 2);
                assertThat(alone.reading().orElse(null))
                        .isEqualTo(together.get(i).reading().orElse(null));
            }
            assertThat(together.get(0).reading().orElseThrow())
                    .isNotEqualTo(together.get(1).reading().orElseThrow());
        }
    }

    @Test
    void aFrameIsDrawnAsBeforeAndFoundByBoth() {
        List<Frame> frames = frames(2);
        try (Restorer without = Restorer.open(plain, "cpu", 4);
                Restorer with = Restorer.open(reading, "cpu", 4)) {
            RestoredFrame before = without.restore(frames).get(1);
            RestoredFrame after = with.restore(frames).get(1);
            assertThat(before.reading()).isEmpty();
            assertThat(after.restored()).isEqualTo(before.restored());
            float[] lesion = after.reading().orElseThrow();
            assertThat(with.reading(after.input(), after.restored()).orElseThrow())
                    .as("one by one, as calibrations ask")
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(lesion);
            float[] map = onGrid(before);
            for (int i = 0; i < map.length; i++) {
                map[i] *= lesion[i];
            }
            assertThat(onGrid(after)).isEqualTo(map);
        }
    }

    private float[] onGrid(RestoredFrame frame) {
        return Findings.onGrid(
                frame, plain.file().scoring(), plain.spread(), plain.file().calibration());
    }

    @Test
    void weightsThatAreNoNumbersAreToldBeforeTheyAreShown() throws IOException {
        Releases.damageReader(reading);
        ModelRelease damaged = ModelRelease.write(reading.directory(), reading.file(), reading.spread());
        try (Restorer restorer = Restorer.open(damaged, "cpu", 2)) {
            assertThatExceptionOfType(RestorerException.class)
                    .isThrownBy(() -> restorer.restore(frames(1)))
                    .withMessageContaining("is not finite");
        }
    }
}
