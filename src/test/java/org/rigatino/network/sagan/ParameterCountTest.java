package org.rigatino.network.sagan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.network.Arrays64;

class ParameterCountTest {
    @ParameterizedTest
    @CsvSource({"64, 44758979, 44719040", "16, 2803187, 2799344"})
    void networksHaveThePublishedNumberOfParameters(int width, long generator, long critic) {
        assertThat(Arrays64.count(new Generator(new GeneratorShape(width, 64, 32))))
                .isEqualTo(generator);
        assertThat(Arrays64.count(new Critic(width))).isEqualTo(critic);
    }

    /**
     * Of three stages with c = 2w, 4w, 8w channels: the published position block mixes c + 3 maps into c, with a bias that the
     * spoken one has among its coordinates' 2 + 1; a gate mixes twice.
     */
    @Test
    void variantsHaveTheParametersOfTheirParts() {
        long positions = 0;
        long spoken = 0;
        long gates = 0;
        for (long c : new long[] {32, 64, 128}) {
            positions += (c + 3) * c + c;
            spoken += c * c + 3 * c;
            gates += 2 * (c * c / 2 + c / 2) + c / 2 + 1;
        }
        assertThat(parameters(Position.NONE, true)).isEqualTo(2803187 - positions);
        assertThat(parameters(Position.SPOKEN, true)).isEqualTo(2803187 - positions + spoken);
        assertThat(parameters(Position.PUBLISHED, false)).isEqualTo(2803187 - gates);
    }

    private static long parameters(Position position, boolean gate) {
        return Arrays64.count(new Generator(new GeneratorShape(16, 64, 32, position, gate)));
    }
}
