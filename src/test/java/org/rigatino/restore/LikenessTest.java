package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.ModelGrid;

@Slow
class LikenessTest {
    private static final int SIZE = Releases.SIZE;

    @TempDir
    Path models;

    /** Brighter towards the bottom; a disc of it, with dark around. */
    private static float[] disc(boolean inverted) {
        float[] values = new float[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            boolean inside = Math.hypot(i / SIZE - 15.5, i % SIZE - 15.5) < 13;
            values[i] = inside ? 100 + i / SIZE : 0;
            values[i] = inverted ? 150 - values[i] : values[i];
        }
        return values;
    }

    private static Frame frame(float[] values) {
        FrameReference nowhere = new FrameReference("", "", "", "", 1);
        return new Frame(nowhere, SIZE, SIZE, values, new byte[values.length], Optional.empty(), Optional.empty());
    }

    private static Likeness likeness(int components, double limit) {
        return new Likeness(NormalLook.CELLS, components, limit, 0.02, 100, 10, 0, "made-up");
    }

    /** The disc is its mean, and one axis exchanges left and right halves. */
    private ModelRelease release(double limit) throws IOException {
        ModelRelease plain = Releases.write(models, "tiny", Releases.AXIAL_FLAIR);
        float[] values = new Seen(plain).of(frame(disc(false)));
        float[] mean = NormalLook.coarse(values, SIZE, NormalLook.CELLS);
        float[] axis = new float[mean.length];
        for (int i = 0; i < axis.length; i++) {
            axis[i] = (i % NormalLook.CELLS < NormalLook.CELLS / 2 ? 1 : -1) / (float) NormalLook.CELLS;
        }
        NormalLook look = new NormalLook(mean, new float[][] {axis}, new float[] {4}, 0.5f);
        return ModelRelease.write(
                plain.directory(), plain.file().withLikeness(likeness(1, limit)), plain.spread(), Optional.of(look));
    }

    private record Seen(ModelRelease release) {
        float[] of(Frame frame) {
            ModelGrid grid = ModelGrid.of(
                    frame,
                    release.file().grid().framing(),
                    release.file().grid().size());
            return release.file()
                    .normalisation()
                    .apply(grid.toGrid(frame.values()), grid.noise())
                    .values();
        }
    }

    @Test
    void aFrameThatIsLikeTheNormalsIsTakenAndItsNegativeRefusedWithBothNumbers() throws IOException {
        release(1.5);
        ModelRelease release = ModelRelease.load(models.resolve("tiny/1"));
        assertThat(release.file().likeness()).isEqualTo(likeness(1, 1.5));
        assertThat(release.refusal(release.input(frame(disc(false))))).isEmpty();
        Refusal refusal = release.refusal(release.input(frame(disc(true)))).orElseThrow();
        assertThat(refusal.rule()).isEqualTo("unlike");
        assertThat(refusal.explanation().orElseThrow())
                .matches("distance \\d+\\.\\d\\d from the model's normal images, 1\\.50 at most is judged");
    }

    @Test
    void aReleaseWithoutLikenessRefusesByAttributesAlone() throws IOException {
        ModelRelease plain = Releases.write(models, "tiny", Releases.AXIAL_FLAIR);
        assertThat(plain.file().likeness()).isNull();
        assertThat(plain.refusal(plain.input(frame(disc(true))))).isEmpty();
    }

    @Test
    void earlyReleasesThatDoNotSpeakOfItAreRead() throws IOException {
        ModelRelease plain = Releases.write(models, "tiny", Releases.AXIAL_FLAIR);
        Path file = plain.directory().resolve(ModelRelease.RELEASE_FILE);
        String early = Files.readString(file).replaceAll(",\\s*\"likeness\" : null", "");
        assertThat(early).doesNotContain("likeness");
        Files.writeString(file, early);
        Files.writeString(plain.directory().resolve(ModelRelease.SUMS_FILE), Seal.sums(plain.directory()));
        assertThat(ModelRelease.load(plain.directory()).file().likeness()).isNull();
    }

    @Test
    void anotherLookThanTheSealedOneIsNotRead() throws IOException {
        Path directory = release(1.5).directory();
        Path look = directory.resolve(ModelRelease.LIKENESS_FILE);
        byte[] bytes = Files.readAllBytes(look);
        bytes[5] ^= 1;
        Files.write(look, bytes);
        assertThatThrownBy(() -> ModelRelease.load(directory)).hasMessageContaining("do not match SHA256SUMS");
        Files.delete(look);
        assertThatThrownBy(() -> ModelRelease.load(directory)).hasMessageContaining("do not match SHA256SUMS");
        Files.writeString(directory.resolve(ModelRelease.SUMS_FILE), Seal.sums(directory));
        assertThatThrownBy(() -> ModelRelease.load(directory)).hasMessageContaining("a likeness but no likeness.f32");
        Files.write(look, Arrays.copyOf(bytes, bytes.length - 4));
        Files.writeString(directory.resolve(ModelRelease.SUMS_FILE), Seal.sums(directory));
        assertThatThrownBy(() -> ModelRelease.load(directory)).hasMessageContaining("1 components of 16x16 cells need");
    }

    @Test
    void whatIsNoNumberIsUnlikeAndALookOfSuchIsNotRead() throws IOException {
        ModelRelease release = release(1.5);
        float[] input = new Seen(release).of(frame(disc(false)));
        assertThat(release.unlike(input)).isEmpty();
        for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] broken = input.clone();
            broken[7] = none;
            assertThat(release.unlike(broken).orElseThrow().rule()).isEqualTo("unlike");
        }
        Path look = release.directory().resolve(ModelRelease.LIKENESS_FILE);
        byte[] bytes = Files.readAllBytes(look);
        for (int at = 0; at < bytes.length; at += Float.BYTES) {
            byte[] broken = bytes.clone();
            Arrays.fill(broken, at, at + Float.BYTES, (byte) 0xFF);
            Files.write(look, broken);
            assertThatThrownBy(() ->
                            NormalLook.of(release.directory(), release.file().likeness()))
                    .hasMessageContaining("no distance comes of");
        }
        Files.writeString(release.directory().resolve(ModelRelease.SUMS_FILE), Seal.sums(release.directory()));
        assertThatThrownBy(() -> ModelRelease.load(release.directory())).hasMessageContaining("no distance comes of");
    }

    @Test
    void gainAndOffsetSayNothingAndFinerGridsLookTheSame() {
        float[] values = disc(false);
        float[] brighter = values.clone();
        float[] finer = new float[4 * values.length];
        for (int i = 0; i < values.length; i++) {
            brighter[i] = 3 * values[i] + 40;
        }
        for (int i = 0; i < finer.length; i++) {
            finer[i] = values[i / (2 * SIZE) / 2 * SIZE + i % (2 * SIZE) / 2];
        }
        float[] coarse = NormalLook.coarse(values, SIZE, 16);
        assertThat(NormalLook.coarse(brighter, SIZE, 16)).containsExactly(coarse, within(1e-4f));
        assertThat(NormalLook.coarse(finer, 2 * SIZE, 16)).containsExactly(coarse, within(1e-4f));
    }

    @Test
    void alongAnAxisDistanceCountsInItsOwnDeviations() {
        NormalLook look = new NormalLook(new float[] {0, 0, 0, 0}, new float[][] {{1, 0, 0, 0}}, new float[] {4}, 1);
        assertThat(look.distance(new float[] {8, 0, 0, 0})).isCloseTo(Math.sqrt(4.0 / 4), within(1e-6));
        assertThat(look.distance(new float[] {0, 8, 0, 0})).isCloseTo(Math.sqrt(64.0 / 4), within(1e-6));
    }

    @Test
    void whatIsNoNumberIsUnlike() {
        assertThat(likeness(1, 2).refusal(Double.NaN)).isPresent();
        assertThat(likeness(1, 2).refusal(2)).isEmpty();
    }
}
