package org.rigatino.network.sagan;

import static org.assertj.core.api.Assertions.assertThat;

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
}
