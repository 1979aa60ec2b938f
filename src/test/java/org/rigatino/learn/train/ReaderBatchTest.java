package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.network.Arithmetic;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;
import org.rigatino.restore.Scoring;

class ReaderBatchTest {
    private static final int CELLS = Releases.SIZE * Releases.SIZE;

    @TempDir
    static Path models;

    private static ModelRelease release;

    @BeforeAll
    static void write() throws IOException {
        release = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
    }

    private static ReaderBatch batch(String anomaly, int iteration) {
        ReaderRecipe recipe = new ReaderRecipe(release, 2, 8, 10, 1, 1e-3, anomaly, false, false, Arithmetic.FULL);
        return ReaderBatch.draw(recipe, iteration, List.of(normal()));
    }

    private static TrainingImage normal() {
        return Waves.images(Releases.SIZE).get(0);
    }

    /** Of one normal image without flips it is known what was drawn. */
    @Test
    void aLesionIsWhereSomethingBrighterWasDrawn() {
        float[] normal = normal().values();
        int brighter = 0;
        int darker = 0;
        for (int iteration = 0; iteration < 4; iteration++) {
            ReaderBatch batch = batch("lesions", iteration);
            for (int i = 0; i < batch.images().length; i++) {
                float change = batch.images()[i] - normal[i % CELLS];
                assertThat(batch.lesion()[i]).isEqualTo(change > ReaderBatch.DEPARTS ? 1 : 0);
                brighter += batch.lesion()[i] > 0 ? 1 : 0;
                darker += change < -ReaderBatch.DEPARTS ? 1 : 0;
            }
        }
        assertThat(brighter).isPositive();
        assertThat(darker)
                .as("drawn, and not to be found where only the brighter counts")
                .isPositive();
    }

    @Test
    void whatIsLeftAsItIsHasNoLesion() {
        ReaderBatch batch = batch("lesions,none", 3);
        long changed = IntStream.range(0, 8)
                .filter(image -> IntStream.range(image * CELLS, (image + 1) * CELLS)
                        .anyMatch(i -> batch.images()[i] != normal().values()[i % CELLS]))
                .count();
        assertThat(changed).isBetween(1L, 7L);
    }

    @Test
    void anIterationIsTheSameEachTimeAndAnotherIsAnother() {
        assertThat(batch("lesions", 3).images()).isEqualTo(batch("lesions", 3).images());
        assertThat(batch("lesions", 3).images())
                .isNotEqualTo(batch("lesions", 4).images());
    }

    @Test
    void signsThatTheScoringCountsAreToBeFound() {
        assertThat(ReaderBatch.departs(0.2f, Scoring.Sign.BRIGHTER)).isTrue();
        assertThat(ReaderBatch.departs(-0.2f, Scoring.Sign.BRIGHTER)).isFalse();
        assertThat(ReaderBatch.departs(-0.2f, Scoring.Sign.DARKER)).isTrue();
        assertThat(ReaderBatch.departs(0.2f, Scoring.Sign.DARKER)).isFalse();
        assertThat(ReaderBatch.departs(-0.2f, Scoring.Sign.BOTH)).isTrue();
        assertThat(ReaderBatch.departs(0.05f, Scoring.Sign.BOTH)).isFalse();
    }
}
