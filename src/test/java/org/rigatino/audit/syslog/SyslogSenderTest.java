package org.rigatino.audit.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.TlsProfile;

/** Receivers that shake hands and then do not do their part. */
class SyslogSenderTest {
    private static final byte[] ROW = new byte[2048];
    /** More than sockets hold on their way. */
    private static final List<byte[]> ROWS = Collections.nCopies(8192, ROW);

    @TempDir
    Path folder;

    private SSLServerSocket server;
    private final SyslogSender sender = new SyslogSender();

    private interface Receiver {
        void speak(SSLSocket connection) throws Exception;
    }

    @BeforeEach
    void listen() throws Exception {
        Certificates certificates = Certificates.make(folder);
        server = (SSLServerSocket) certificates
                .context("peer")
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLContext own = certificates.context("rigatino");
        sender.profile = new TlsProfile(() -> own, false, true);
        sender.configuration = SyslogKeysTest.settings(server.getLocalPort(), "PT2S");
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void send(List<byte[]> rows, Receiver receiver) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try (SSLSocket connection = (SSLSocket) server.accept()) {
                connection.startHandshake();
                receiver.speak(connection);
                done.await();
            } catch (Exception e) {
                // The sender has given up.
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            assertTimeoutPreemptively(Patience.STEP, () -> sender.send(rows));
        } finally {
            done.countDown();
        }
    }

    @Test
    void whoReadsNothingIsNotWaitedForBeyondTheTimeOut() {
        assertThatThrownBy(() -> send(ROWS, connection -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PT2S")
                .hasMessageContaining("rigatino.audit.syslog.timeout");
    }

    @Test
    void whoSendsAByteNowAndThenInsteadOfClosingIsNotWaitedForBeyondTheTimeOut() {
        assertThatThrownBy(() -> send(List.of(ROW), connection -> {
                    while (true) {
                        connection.getOutputStream().write('.');
                        TimeUnit.MILLISECONDS.sleep(200);
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PT2S");
    }

    @Test
    void whoReadsAllAndClosesHasThem() throws Exception {
        CompletableFuture<Integer> read = new CompletableFuture<>();
        sender.configuration = SyslogKeysTest.settings(server.getLocalPort(), Patience.STEP.toString());
        send(ROWS, connection -> {
            read.complete(connection.getInputStream().readAllBytes().length);
            connection.close();
        });
        assertThat(read).isCompletedWithValue(ROWS.size() * ("2048 ".length() + 2048));
    }
}
