package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;

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
        assertThat(release.refusal(blank)).hasValue("foreground");
        assertThat(release.refusal(frames(1).get(0))).isEmpty();
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
}
