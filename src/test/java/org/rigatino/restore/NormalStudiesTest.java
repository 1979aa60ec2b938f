package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalStudiesTest {
    private static final NormalStudies FOUR = new NormalStudies(3, List.of(1.0, 2.0, 2.0, 3.0), 0.2, "four");

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1.5, 0.8", "2, 0.8", "2.5, 0.4", "3, 0.4", "3.1, 0.2", "1000, 0.2"})
    void pIsTheShareThatScoresAsHigh(double score, double p) {
        assertThat(FOUR.pValue(score)).isCloseTo(p, within(1e-12));
        assertThat(FOUR.pValue(score)).isGreaterThanOrEqualTo(FOUR.smallestP());
        assertThat(FOUR.flags(score)).isEqualTo(score > 3);
    }

    @Test
    void beyondTheLastNormalHigherIsFurther() {
        assertThat(FOUR.beyond(3)).isZero();
        assertThat(FOUR.beyond(4)).isEqualTo(1);
        assertThat(FOUR.beyond(9)).isEqualTo(6);
    }

    /** Of studies drawn alike, whatever the distribution, ties among them. */
    @ParameterizedTest
    @CsvSource({"19, 0.05", "12, 0.1", "40, 0.05", "59, 0.05", "178, 0.01"})
    void falseAlarmsAreNoMoreThanPromised(int studies, double alpha) {
        SplittableRandom random = new SplittableRandom(studies);
        List<DoubleSupplier> distributions = List.of(
                random::nextDouble,
                () -> Math.pow(random.nextDouble(), -2),
                () -> random.nextInt(4),
                () -> Math.log(random.nextDouble()));
        int rounds = 10_000;
        for (DoubleSupplier score : distributions) {
            int alarms = 0;
            for (int round = 0; round < rounds; round++) {
                List<Double> normals = DoubleStream.generate(score)
                        .limit(studies)
                        .sorted()
                        .boxed()
                        .toList();
                alarms += new NormalStudies(1, normals, alpha, "").flags(score.getAsDouble()) ? 1 : 0;
            }
            assertThat((double) alarms / rounds).isLessThan(alpha + 4 * Math.sqrt(alpha * (1 - alpha) / rounds));
        }
    }

    @ParameterizedTest
    @CsvSource({"18, 0.05, 19", "0, 0.05, 19", "98, 0.01, 99", "8, 0.1, 9"})
    void soFewThatNoneIsEverFlaggedAreRefusedWithTheNumberNeeded(int studies, double alpha, int needed) {
        List<Double> scores =
                DoubleStream.iterate(0, i -> i + 1).limit(studies).boxed().toList();
        assertThatThrownBy(() -> new NormalStudies(3, scores, alpha, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(studies == 0 ? "0 scores" : needed + " normal studies are needed");
        assertThat(NormalStudies.needed(alpha)).isEqualTo(needed);
        List<Double> enough =
                DoubleStream.iterate(0, i -> i + 1).limit(needed).boxed().toList();
        assertThat(new NormalStudies(3, enough, alpha, "").flags(needed)).isTrue();
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        for (double none : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> FOUR.withFalseAlarms(none)).hasMessageContaining("above 0 and below 100");
        }
        assertThatThrownBy(() -> new NormalStudies(1, List.of(2.0, 1.0), 0.5, ""))
                .hasMessageContaining("ascending");
        assertThatThrownBy(() -> new NormalStudies(1, List.of(Double.NaN), 0.5, ""))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> new NormalStudies(0, List.of(1.0), 0.5, "")).hasMessageContaining("neighbours 0");
    }

    @Test
    void aReleaseKeepsThemAndAnEarlyOneHasNone(@TempDir Path models) throws IOException {
        ModelRelease without = Releases.write(models, "brain", Releases.AXIAL_FLAIR);
        Path file = without.directory().resolve(ModelRelease.RELEASE_FILE);
        String early = Files.readString(file).replaceAll(",\\s*\"studies\" : null", "");
        assertThat(early).doesNotContain("\"studies\"");
        Files.writeString(file, early);
        Files.writeString(without.directory().resolve(ModelRelease.SUMS_FILE), Seal.sums(without.directory()));
        assertThat(ModelRelease.load(without.directory()).file().studies()).isNull();

        ModelRelease with =
                ModelRelease.write(without.directory(), without.file().withStudies(FOUR), without.spread());
        assertThat(with.file().studies()).isEqualTo(FOUR);
        assertThat(with.digest()).isNotEqualTo(without.digest());
    }
}
