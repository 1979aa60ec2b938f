package org.rigatino.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.llp.MinLLPReader;
import ca.uhn.hl7v2.llp.MinLLPWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.TlsProfile;

/** Receivers that answer well, badly or not at all. */
class MllpClientTest {
    private static final String ID = "0123456789ABCDEF0123";
    private static final String MESSAGE = "MSH|^~\\&|RIGATINO||||20260203||ORU^R01^ORU_R01|" + ID
            + "|P|2.5.1||||||UNICODE UTF-8\rPID|1||7||Müller^山田\r";
    private static final String ACCEPTED = "MSH|^~\\&|RIS||||20260203||ACK^R01^ACK|1|P|2.5.1\rMSA|AA|" + ID + "\r";

    /** Speaks with the client once; what it read, null where it did not. */
    private interface Receiver {
        String speak(Socket connection) throws Exception;
    }

    private ServerSocket server;

    private CompletableFuture<String> listen(ServerSocket socket, Receiver receiver) {
        server = socket;
        CompletableFuture<String> read = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (Socket connection = server.accept()) {
                read.complete(receiver.speak(connection));
            } catch (Exception e) {
                read.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return read;
    }

    private CompletableFuture<String> listen(Receiver receiver) throws IOException {
        return listen(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), receiver);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void send(TlsProfile tls) throws IOException {
        send(tls, Patience.STEP.toString());
    }

    private void send(TlsProfile tls, String responseTimeout) throws IOException {
        Hl7Configuration.Settings settings = TestSettings.of(Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.toString(server.getLocalPort()),
                "response-timeout",
                responseTimeout));
        new MllpClient(settings, Optional.ofNullable(tls)).send(MESSAGE, ID);
    }

    private static String accept(Socket connection) throws Exception {
        String message = new MinLLPReader(connection.getInputStream(), StandardCharsets.UTF_8).getMessage();
        new MinLLPWriter(connection.getOutputStream(), StandardCharsets.UTF_8).writeMessage(ACCEPTED);
        return message;
    }

    @Test
    void anAcceptedMessageArrivedAsItIs() throws Exception {
        CompletableFuture<String> read = listen(MllpClientTest::accept);
        send(null);
        assertThat(read.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u000bMSH|^~"})
    void whoFallsSilentIsNotWaitedForBeyondTheTimeOut(String beginning) throws Exception {
        listen(connection -> {
            connection.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().readAllBytes();
            return null;
        });
        long start = System.nanoTime();
        assertThatThrownBy(() -> send(null, "PT1S")).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Patience.STEP);
    }

    /** As a terminal server does that keeps its line alive. */
    @Test
    void whoSendsAByteNowAndThenIsNotWaitedForBeyondTheTimeOut() throws Exception {
        listen(connection -> {
            connection.getOutputStream().write(0x0b);
            for (int sent = 0; sent < 100; sent++) {
                connection.getOutputStream().write('M');
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return null;
        });
        assertThatThrownBy(() -> send(null, "PT1S"))
                .isInstanceOf(IOException.class)
                .hasMessage("no whole answer within PT1S");
    }

    @Test
    void whoClosesWithoutAnAnswerHasNotAccepted() throws Exception {
        listen(connection -> new MinLLPReader(connection.getInputStream(), StandardCharsets.UTF_8).getMessage());
        assertThatThrownBy(() -> send(null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("End of input stream");
    }

    @Test
    void anAnswerWithoutAnEndIsNotReadForEver() throws Exception {
        listen(connection -> {
            connection.getOutputStream().write(0x0b);
            while (true) {
                connection.getOutputStream().write(new byte[64 * 1024]);
            }
        });
        assertThatThrownBy(() -> send(null)).isInstanceOf(IOException.class);
    }

    @Test
    void overTlsTheReceiverProvesWhoItIs(@TempDir Path keys) throws Exception {
        Certificates certificates = Certificates.make(keys);
        SSLContext own = certificates.context("rigatino");
        TlsProfile profile = new TlsProfile(() -> own, false, true);
        CompletableFuture<String> read = listen(tls(certificates, "peer"), MllpClientTest::accept);
        send(profile);
        assertThat(read.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(MESSAGE);
        for (String other : new String[] {"stranger", "elsewhere"}) {
            server.close();
            CompletableFuture<String> none = listen(tls(certificates, other), MllpClientTest::accept);
            assertThatThrownBy(() -> send(profile)).as(other).hasMessageContaining("TLS handshake failed");
            assertThatThrownBy(() -> none.get(Patience.SECONDS, TimeUnit.SECONDS))
                    .as(other)
                    .isNotNull();
        }
    }

    private static ServerSocket tls(Certificates certificates, String name) throws Exception {
        return certificates
                .context(name)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
