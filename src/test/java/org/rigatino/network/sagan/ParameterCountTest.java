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

    /** Of three stages with c = 2w, 4w, 8w channels: a position block mixes c + 3 maps into c, a gate mixes twice. */
    @Test
    void ablationsLackTheParametersOfWhatTheyLeaveOut() {
        long positions = 0;
        long gates = 0;
        for (long c : new long[] {32, 64, 128}) {
            positions += (c + 3) * c + c;
            gates += 2 * (c * c / 2 + c / 2) + c / 2 + 1;
        }
        assertThat(Arrays64.count(new Generator(new GeneratorShape(16, 64, 32, false, true))))
                .isEqualTo(2803187 - positions);
        assertThat(Arrays64.count(new Generator(new GeneratorShape(16, 64, 32, true, false))))
                .isEqualTo(2803187 - gates);
    }
}
