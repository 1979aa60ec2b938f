package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.network.ImageBlock;

class RestorerTest {
    @TempDir
    static Path models;

    private static ModelRelease release;

    @BeforeAll
    static void writeRelease() throws IOException {
        release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
    }

    private static List<Frame> frames(int count) {
        List<Frame> frames = new ArrayList<>();
        Random random = new Random(5);
        for (int n = 0; n < count; n++) {
            float[] values = new float[50 * 40];
            for (int i = 0; i < values.length; i++) {
                boolean head = Math.hypot((i / 40 - 25) / 20.0, (i % 40 - 20) / 15.0) < 1;
                values[i] = head ? 100 + random.nextFloat() * 200 : random.nextFloat();
            }
            frames.add(frame(values));
        }
        return frames;
    }

    private static Frame frame(float[] values) {
        FrameReference reference = new FrameReference("1", "2", "3", "4", 1);
        return new Frame(reference, 50, 40, values, new byte[values.length], Optional.empty(), Optional.empty());
    }

    @Test
    void aFramesResultDoesNotDependOnItsCompanyToTheLastBit() {
        List<Frame> frames = frames(11);
        try (Restorer restorer = Restorer.open(release, "cpu", 4)) {
            List<RestoredFrame> together = restorer.restore(frames);
            assertThat(together).extracting(RestoredFrame::frame).containsExactlyElementsOf(frames);
            for (int i = 0; i < frames.size(); i++) {
                float[] alone = restorer.restore(List.of(frames.get(i))).get(0).restored();
                assertThat(alone).isEqualTo(together.get(i).restored());
            }
            assertThat(together.get(0).restored()).isNotEqualTo(together.get(1).restored());
        }
    }

    /** Of a network without training nearly everything departs. */
    private static ModelRelease redrawing(double from, double around) throws IOException {
        ReleaseFile own = release.file();
        ReleaseFile file = own.but(draft -> {
            draft.name = "again";
            draft.version = "1";
            draft.studies = null;
            draft.redrawing = new Redrawing(from, from, 1, 0.5, around);
            draft.likeness = null;
            draft.reader = null;
        });
        Path directory = Releases.write(models, "again" + from + around, Releases.AXIAL_FLAIR)
                .directory();
        return ModelRelease.write(directory, file, release.spread());
    }

    @Test
    void whatDepartsIsDrawnAgainAndDoesNotDependOnItsCompanyEither() throws IOException {
        List<Frame> frames = frames(7);
        try (Restorer once = Restorer.open(release, "cpu", 4);
                Restorer twice = Restorer.open(redrawing(1e-3, 0), "cpu", 4);
                Restorer never = Restorer.open(redrawing(1e6, 0), "cpu", 4)) {
            List<RestoredFrame> together = twice.restore(frames);
            for (int i = 0; i < frames.size(); i++) {
                RestoredFrame alone = twice.restore(frames.subList(i, i + 1)).get(0);
                assertThat(alone.onSource()).isEqualTo(together.get(i).onSource());
                RestoredFrame first = once.restore(frames.subList(i, i + 1)).get(0);
                assertThat(alone.restored()).as("what is scored").isEqualTo(first.restored());
                assertThat(alone.onSource()).as("what is shown").isNotEqualTo(first.onSource());
                assertThat(never.restore(frames.subList(i, i + 1)).get(0).onSource())
                        .isEqualTo(first.onSource());
            }
        }
    }

    @Test
    void whatIsDrawnAgainMayTakeItsBrightnessFromAround() throws IOException {
        List<Frame> frames = frames(1);
        try (Restorer asDrawn = Restorer.open(redrawing(0.1, 0), "cpu", 1);
                Restorer toned = Restorer.open(redrawing(0.1, 3), "cpu", 1)) {
            RestoredFrame drawn = asDrawn.restore(frames).get(0);
            RestoredFrame shown = toned.restore(frames).get(0);
            assertThat(shown.restored()).as("what is scored").isEqualTo(drawn.restored());
            assertThat(drawn.redrawn()).isPresent();
            assertThat(shown.drawn()).as("what is shown").isNotEqualTo(drawn.drawn());
            assertThat(toned.release().file().redrawing().around()).isEqualTo(3);
        }
    }

    @Test
    void severalThreadsGetWhatOneGets() throws Exception {
        List<Frame> frames = frames(6);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Restorer restorer = Restorer.open(release, "cpu", 2)) {
            List<RestoredFrame> expected = restorer.restore(frames);
            List<Future<List<RestoredFrame>>> runs = new ArrayList<>();
            for (int run = 0; run < 8; run++) {
                runs.add(threads.submit(() -> restorer.restore(frames)));
            }
            for (Future<List<RestoredFrame>> run : runs) {
                for (int i = 0; i < frames.size(); i++) {
                    assertThat(run.get().get(i).restored())
                            .isEqualTo(expected.get(i).restored());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aBlankFrameIsRefusedAndComesBackAsItIs() {
        Frame blank = frame(new float[50 * 40]);
        assertThat(release.refusal(release.input(blank))).hasValue(Refusal.of("foreground"));
        assertThat(release.refusal(release.input(frames(1).get(0)))).isEmpty();
        try (Restorer restorer = Restorer.open(release, "cpu", 1)) {
            RestoredFrame restored = restorer.restore(List.of(blank)).get(0);
            assertThat(restored.restored()).isEqualTo(restored.input());
        }
    }

    @Test
    void aGpuAskedForAndMissingIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Restorer.open(release, "gpu:99", 1))
                .withMessageContainingAll("gpu:99", "rigatino.restore.device");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Restorer.open(release, "tpu", 1))
                .withMessageContaining("auto, cpu or gpu:N");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Restorer.open(release, "cpu", 0))
                .withMessageContaining("rigatino.restore.batch");
    }

    @Test
    void whatIsNotANumberIsAnErrorAndNoHealthyImage() throws IOException {
        ModelRelease damaged = Releases.write(models, "damaged", Releases.AXIAL_FLAIR);
        Path weights = damaged.directory().resolve(ModelRelease.WEIGHTS_FILE);
        ReleaseFile file = damaged.file();
        Supplier<ImageBlock> empty = () -> Networks.drawing(Networks.SAGAN, file.network(), Releases.SIZE);
        try (NDManager manager = PyTorch.engine().newBaseManager()) {
            List<ImageBlock> members = Weights.read(weights, manager, file.network(), empty);
            members.get(0).getParameters().valueAt(0).getArray().muli(Float.NaN);
            Weights.write(weights, manager, members, file.network().precision(), empty);
        }
        ModelRelease sealedAgain = ModelRelease.write(damaged.directory(), file, damaged.spread());
        try (Restorer restorer = Restorer.open(sealedAgain, "cpu", 2)) {
            assertThatExceptionOfType(RestorerException.class)
                    .isThrownBy(() -> restorer.restore(frames(1)))
                    .withMessageContainingAll(
                            "model release damaged/1", "frame 1 of instance 3 is not finite", "replay the study");
        }
    }

    @Test
    void weightsThatWerePutInThePlaceOfThoseThatWereReadAreNotDrawnUnderTheirDigest() throws IOException {
        ModelRelease read = Releases.write(models, "replaced", Releases.AXIAL_FLAIR);
        ModelRelease there =
                Releases.write(models, "replaced", Releases.AXIAL_FLAIR, Releases.NETWORK, Releases.SIZE, 9);
        assertThatExceptionOfType(RestorerException.class)
                .isThrownBy(() -> Restorer.open(read, "cpu", 1))
                .withMessageContainingAll(
                        read.directory().toString(), read.digest(), there.digest(), "restart what has read it");
        Restorer.open(there, "cpu", 1).close();
    }

    @Test
    void aFrameWithoutContrastIsRefusedRatherThanShownAsNothing() throws IOException {
        ReleaseFile own = release.file();
        ReleaseFile byQuartiles = own.but(draft -> {
            draft.name = "quartiles";
            draft.version = "1";
            draft.normalisation = new Normalisation(Normalisation.Statistics.QUARTILES, -1, 3, 0.1);
        });
        ModelRelease quartiles = ModelRelease.write(
                Releases.write(models, "quartiles", Releases.AXIAL_FLAIR).directory(), byQuartiles, release.spread());
        float[] posterised = frames(1).get(0).values();
        for (int i = 0; i < posterised.length; i++) {
            posterised[i] = posterised[i] >= 100 ? 200 : 0;
        }
        assertThat(quartiles.refusal(quartiles.input(frame(posterised))))
                .hasValue(Refusal.of(ModelRelease.CONTRAST_RULE));
        assertThat(quartiles.refusal(quartiles.input(frames(1).get(0)))).isEmpty();
    }
}
