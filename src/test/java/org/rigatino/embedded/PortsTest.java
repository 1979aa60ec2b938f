package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rigatino.TestJvm;

class PortsTest {
    /** Enough that two processes which knew nothing of each other would meet: of 9,000 ports, each takes 300. */
    private static final int MANY = 300;

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
    void noPortOfAnotherProcessIsGivenOut() throws Exception {
        Process other = new ProcessBuilder(TestJvm.of(Taker.class))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String[] theirs = other.inputReader().readLine().split(" ");
            assertThat(theirs).hasSize(MANY);

            Set<String> ours = new HashSet<>();
            Arrays.stream(Ports.free(MANY)).mapToObj(Integer::toString).forEach(ours::add);

            assertThat(ours).doesNotContain(theirs);
        } finally {
            other.destroy();
        }
    }

    /** Takes ports and stays until its input ends. */
    static final class Taker {
        public static void main(String[] args) throws IOException {
            StringBuilder ports = new StringBuilder();
            for (int port : Ports.free(MANY)) {
                ports.append(port).append(' ');
            }
            System.out.println(ports.toString().strip());
            System.in.read();
        }
    }
}
