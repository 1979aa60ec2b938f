package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;

/** A listener whose descriptors, threads or memory are out for a while. */
class AcceptingTest {
    /** Out of something for the first attempts. */
    private static final class Scarce extends ServerSocket {
        private final String what;
        private final int failures;
        private final AtomicInteger attempts = new AtomicInteger();

        Scarce(String what, int failures) throws IOException {
            super(0, 50, InetAddress.getLoopbackAddress());
            this.what = what;
            this.failures = failures;
        }

        @Override
        public Socket accept() throws IOException {
            if (attempts.incrementAndGet() <= failures) {
                switch (what) {
                    case "descriptors" -> throw new SocketException("Too many open files");
                    case "memory" -> throw new OutOfMemoryError("unable to create native thread");
                    default -> throw new IllegalStateException("something else");
                }
            }
            return super.accept();
        }
    }

    private static DicomListener listener(ServerSocket server) {
        return DicomListener.start(
                server,
                Listening.rules(Set.of(), 10, Patience.STEP),
                new ServiceProvider(
                        (request, dataset) -> StoreStatus.SUCCESS,
                        (caller, report) -> {},
                        (caller, told) -> {},
                        (operation, caller, uid, step) -> OperationStatus.SUCCESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"descriptors", "memory", "else"})
    void acceptsAgainOnceThereIsWhatItNeeds(String what) throws Exception {
        Scarce server = new Scarce(what, 3);
        try (DicomListener listener = listener(server)) {
            VerificationScu.echo(Listening.node(listener.port(), Listening.AE_TITLE));
            assertThat(listener.isListening()).isTrue();
        }
    }

    /** Pauses of 50, 100, 200, 400, 800 and then 1000 ms: a sixth attempt is not made within the first second and a half. */
    @Test
    void doesNotSpinMeanwhile() throws Exception {
        Scarce server = new Scarce("descriptors", Integer.MAX_VALUE);
        long start = System.nanoTime();
        try (DicomListener listener = listener(server)) {
            while (server.attempts.get() < 5) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(700));
            assertThat(listener.isListening()).isTrue();
        }
    }
}
