package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.network.Arithmetic;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;
import org.rigatino.restore.Restorer;

@Slow
class ReaderTrainerTest {
    private static final int SIDE = Releases.SIZE;

    @TempDir
    static Path models;

    private static ModelRelease release;
    private static ModelRelease other;

    @BeforeAll
    static void write() throws IOException {
        release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        other = Releases.write(models, "other", Releases.AXIAL_FLAIR);
    }

    private static Trainer trainer(ModelRelease behind, int iterations, long seed) {
        return new ReaderRecipe(behind, 4, 4, iterations, seed, 5e-3, "lesions", true, true, Arithmetic.FULL)
                .trainer("cpu", Waves.images(SIDE), List.of());
    }

    private static byte[] weights(Trainer trainer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trainer.saveWeights(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static byte[] learnt(int iterations, long seed) throws IOException {
        try (Trainer trainer = trainer(release, iterations, seed)) {
            while (!trainer.finished()) {
                trainer.step();
            }
            return weights(trainer);
        }
    }

    @Test
    void theSameSeedLearnsTheSame() throws IOException {
        assertThat(learnt(3, 1)).isEqualTo(learnt(3, 1)).isNotEqualTo(learnt(3, 2));
    }

    @Test
    void anInterruptedTrainingGoesOnExactlyBehindTheSameRelease() throws IOException {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        byte[] straight;
        try (Trainer trainer = trainer(release, 4, 1)) {
            trainer.step();
            trainer.step();
            trainer.save(new DataOutputStream(state));
            trainer.step();
            trainer.step();
            straight = weights(trainer);
        }
        try (Trainer trainer = trainer(release, 4, 1)) {
            trainer.load(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
            assertThat(trainer.iteration()).isEqualTo(2);
            trainer.step();
            trainer.step();
            assertThat(weights(trainer)).isEqualTo(straight);
        }
        try (Trainer trainer = trainer(other, 4, 1)) {
            assertThatIOException()
                    .isThrownBy(() -> trainer.load(new DataInputStream(new ByteArrayInputStream(state.toByteArray()))))
                    .withMessageContaining(release.digest())
                    .withMessageContaining("without --resume");
        }
    }

    /** What was drawn is found, and the drawing stays the release's. */
    @Test
    void itLearnsWhereSomethingWasDrawn() throws IOException {
        float[] plain = Waves.images(SIDE).get(0).values();
        float[] spot = plain.clone();
        for (int i = 0; i < 36; i++) {
            spot[(12 + i / 6) * SIDE + 12 + i % 6] = 1;
        }
        try (Trainer trainer = trainer(release, 60, 1);
                Restorer restorer = Restorer.open(release, "cpu", Restorer.BATCH)) {
            double first = trainer.step().get("reader");
            trainer.step();
            int held = trainer.arraysHeld();
            double last = 0;
            while (!trainer.finished()) {
                last = trainer.step().get("reader");
            }
            assertThat(trainer.arraysHeld()).isEqualTo(held);
            assertThat(trainer.finite()).isTrue();
            assertThat(last).isLessThan(0.6 * first);
            float[] drawn = trainer.restore(spot);
            assertThat(drawn).isEqualTo(restorer.restore(spot));
            float[] reading = trainer.reading(spot, drawn).orElseThrow();
            float[] ofPlain = trainer.reading(plain, trainer.restore(plain)).orElseThrow();
            double inside = 0;
            double before = 0;
            for (int i = 0; i < 36; i++) {
                inside += reading[(12 + i / 6) * SIDE + 12 + i % 6] / 36;
                before += ofPlain[(12 + i / 6) * SIDE + 12 + i % 6] / 36;
            }
            assertThat(inside).isGreaterThan(0.5).isGreaterThan(2 * before);
        }
    }
}
