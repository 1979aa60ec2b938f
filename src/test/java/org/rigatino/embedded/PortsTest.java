package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {
    /** A server may take its port long after it was told of it. */
    @Test
    void noPortIsGivenOutTwice() throws IOException {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            for (int port : Ports.free(2)) {
                assertThat(given.add(port)).as("port " + port).isTrue();
            }
        }
    }

    @Test
    void aProcessWithARangeOfItsOwnStaysInIt() throws IOException {
        String before = System.getProperty(Ports.OWN_FIRST);
        System.setProperty(Ports.OWN_FIRST, "31000");
        try {
            assertThat(IntStream.of(Ports.free(20)).boxed()).allMatch(port -> port >= 31_000 && port < 32_000);
        } finally {
            if (before == null) {
                System.clearProperty(Ports.OWN_FIRST);
            } else {
                System.setProperty(Ports.OWN_FIRST, before);
            }
        }
    }
}
