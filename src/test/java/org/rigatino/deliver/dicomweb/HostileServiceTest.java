package org.rigatino.deliver.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.SopReference;

/** Peers that are no service, or one that means harm: none is waited for longer than it may, none is believed. */
@Timeout(Patience.SECONDS)
@Slow
class HostileServiceTest {
    /** With who hangs, and is waited for in vain. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** With who reads slowly: no pause of the machine's is that long. */
    private static final Duration LONGER = Duration.ofSeconds(4);

    private static final SopReference OBJECT = new SopReference("1.2.840.10008.5.1.4.1.1.7", "2.25.101");
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/dicom+json\r\n";

    /** What it does with one connection. */
    private interface Peer {
        void meet(InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    @TempDir
    Path folder;

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        file = Files.write(folder.resolve("object.dcm"), new byte[100_000]);
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private DicomwebArchive peer(Peer peer) {
        return peer(peer, PATIENCE);
    }

    /** Who answers, however slow the machine is. */
    private DicomwebArchive answering(Peer peer) {
        return peer(peer, Patience.STEP);
    }

    private DicomwebArchive peer(Peer peer, Duration patience) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    connections.add(connection);
                    new Thread(() -> meet(connection, peer), "connection").start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return archive(URI.create("http://127.0.0.1:" + server.getLocalPort()), Credentials.NONE, patience);
    }

    private static DicomwebArchive archive(URI root, Credentials credentials, Duration patience) {
        return new DicomwebArchive("pacs", root, credentials, Optional.empty(), patience, patience);
    }

    private static void meet(Socket connection, Peer peer) {
        try (connection) {
            peer.meet(connection.getInputStream(), connection.getOutputStream());
        } catch (IOException e) {
            // The client has had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As much of a request as is there: a head with no body, or a body up to its last boundary. */
    private static String request(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        byte[] buffer = new byte[64 * 1024];
        boolean whole = false;
        while (!whole) {
            int count = in.read(buffer);
            if (count < 0) {
                break;
            }
            request.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            whole = request.indexOf("GET ") == 0
                    ? request.indexOf("\r\n\r\n") > 0
                    : request.toString().endsWith("--\r\n");
        }
        return request.toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private StowAnswer stow(DicomwebArchive archive) throws DicomException {
        return new StowRs(archive).store("2.25.1", OBJECT, file);
    }

    private static boolean lists(DicomwebArchive archive) throws DicomException {
        return new QidoRs(archive).lists("2.25.1", "2.25.3", OBJECT);
    }

    /** Neither of the two requests waits longer, and what was begun may have been taken. */
    private void givenUp(DicomwebArchive archive, String message) {
        DicomwebException stored = catchThrowableOfType(DicomwebException.class, () -> stow(archive));
        assertThat(stored).hasMessageContaining(message);
        assertThat(stored.isBegun()).isTrue();
        assertThatThrownBy(() -> lists(archive)).isInstanceOf(DicomwebException.class);
    }

    private void drip(OutputStream out, String text) throws IOException, InterruptedException {
        do {
            write(out, text);
        } while (!over.await(50, TimeUnit.MILLISECONDS));
    }

    @Test
    void aHeadThatNeverEndsIsGivenUp() {
        givenUp(
                peer((in, out) -> {
                    request(in);
                    write(out, HEAD + "X-Slow: ");
                    drip(out, "a");
                }),
                "did not answer it in full, within PT1S");
    }

    @Test
    void aBodyThatDripsIsGivenUp() {
        givenUp(
                peer((in, out) -> {
                    request(in);
                    write(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
                    drip(out, "1\r\n[\r\n");
                }),
                "did not answer it in full, within PT1S");
    }

    @Test
    void interimAnswersWithoutEndAreGivenUp() {
        DicomwebArchive archive = peer((in, out) -> {
            request(in);
            drip(out, "HTTP/1.1 100 Continue\r\n\r\n");
        });
        assertThatThrownBy(() -> stow(archive)).isInstanceOf(DicomwebException.class);
        assertThatThrownBy(() -> lists(archive)).isInstanceOf(DicomwebException.class);
    }

    @Test
    void silenceIsGivenUp() {
        givenUp(
                peer((in, out) -> {
                    request(in);
                    over.await();
                }),
                "did not answer it in full, within PT1S");
    }

    @Test
    void aRequestThatNobodyReadsIsGivenUp() throws Exception {
        file = Files.write(folder.resolve("large.dcm"), new byte[32 << 20]);
        givenUp(peer((in, out) -> over.await()), "did not take the request");
    }

    /** Longer than the wait as a whole; something of it is always taken in time. */
    @Test
    void aSlowPeerThatGoesOnReadingIsWaitedFor() throws Exception {
        file = Files.write(folder.resolve("large.dcm"), new byte[32 << 20]);
        DicomwebArchive archive = peer(
                (in, out) -> {
                    byte[] buffer = new byte[256 * 1024];
                    String last = "";
                    while (!last.endsWith("--\r\n")) {
                        int count = in.read(buffer);
                        last = new String(
                                buffer, Math.max(0, count - 8), Math.min(8, count), StandardCharsets.ISO_8859_1);
                        over.await(40, TimeUnit.MILLISECONDS);
                    }
                    write(out, "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n");
                },
                LONGER);
        long start = System.nanoTime();
        assertThat(stow(archive).outcome()).isEqualTo(StowAnswer.Outcome.REJECTED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LONGER);
    }

    @Test
    void anEndlessBodyIsNotKept() throws Exception {
        DicomwebArchive archive = answering((in, out) -> {
            request(in);
            write(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
            while (over.getCount() > 0) {
                write(out, chunk);
            }
        });
        StowAnswer answer = stow(archive);
        assertThat(answer.outcome()).isEqualTo(StowAnswer.Outcome.UNNAMED);
        assertThat(answer.text()).contains("is longer than 1048576 bytes");
        assertThatThrownBy(() -> lists(archive))
                .isExactlyInstanceOf(DicomException.class)
                .hasMessageContaining("is longer than 1048576 bytes");
    }

    @Test
    void endlessFieldsAreGivenUp() {
        DicomwebArchive archive = peer((in, out) -> {
            request(in);
            write(out, HEAD);
            for (int field = 0; over.getCount() > 0; field++) {
                write(out, "X-" + field + ": " + "a".repeat(1000) + "\r\n");
            }
        });
        assertThatThrownBy(() -> stow(archive)).isInstanceOf(DicomwebException.class);
        assertThatThrownBy(() -> lists(archive)).isInstanceOf(DicomwebException.class);
    }

    @Test
    void aBodyShorterThanItsContentLengthIsNoAnswer() {
        givenUp(
                answering((in, out) -> {
                    request(in);
                    write(out, HEAD + "Content-Length: 1000\r\n\r\n[]");
                }),
                "broke off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "99999999999999999999", "two", "2, 3"})
    void aContentLengthThatCannotBeIsNoAnswer(String length) {
        DicomwebArchive archive = peer((in, out) -> {
            request(in);
            write(out, HEAD + "Content-Length: " + length + "\r\n\r\n[]");
            over.await();
        });
        assertThatThrownBy(() -> stow(archive)).isInstanceOf(DicomwebException.class);
        assertThatThrownBy(() -> lists(archive)).isInstanceOf(DicomwebException.class);
    }

    /** What comes behind the length is no part of the answer, nor of the next. */
    @Test
    void aSecondAnswerBehindTheFirstIsNotTakenForTheNext() throws Exception {
        String listed = "[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"2.25.101\"]},"
                + "\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"2.25.1\"]}}]";
        DicomwebArchive archive = answering((in, out) -> {
            while (!request(in).isEmpty()) {
                write(
                        out,
                        HEAD + "Content-Length: 2\r\n\r\n[]" + HEAD + "Content-Length: " + listed.length() + "\r\n\r\n"
                                + listed);
            }
        });
        QidoRs service = new QidoRs(archive);
        for (int time = 0; time < 3; time++) {
            assertThat(found(service)).isFalse();
        }
    }

    private static boolean found(QidoRs service) {
        try {
            return service.lists("2.25.1", "2.25.3", OBJECT);
        } catch (DicomException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 DOE^JOHN\r\n\r\n",
                "{\"00100010\":{\"vr\":\"PN\",\"Value\":[\"DOE^JOHN\"]}}\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: DOE^JOHN\r\n\r\n",
                "HTTP/1.1 200 OK\r\nDOE JOHN^: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nDOE^JOHN\r\n",
                "\u0001\u0000\u0000\u0000",
                "\r\n\r\n\r\n\r\n"
            })
    void whatIsNoHttpIsNoAnswer(String text) {
        DicomwebArchive archive = answering((in, out) -> {
            request(in);
            write(out, text);
        });
        assertThatThrownBy(() -> stow(archive))
                .isInstanceOf(DicomwebException.class)
                .hasMessageMatching("[\\x20-\\x7e]{1,300}")
                .hasMessageNotContaining("DOE")
                .hasMessageNotContaining("JOHN");
        assertThatThrownBy(() -> lists(archive)).isInstanceOf(DicomwebException.class);
    }

    @Test
    void whoHangsUpAtOnceHasTakenNothing() {
        DicomwebArchive archive = answering((in, out) -> {});
        assertThatThrownBy(() -> stow(archive)).isInstanceOf(DicomwebException.class);
        assertThatThrownBy(() -> lists(archive)).isInstanceOf(DicomwebException.class);
    }

    @Test
    void nobodyThereIsOutOfReach() throws Exception {
        DicomwebArchive archive = peer((in, out) -> {});
        server.close();
        DicomwebException problem = catchThrowableOfType(DicomwebException.class, () -> stow(archive));
        assertThat(problem).hasMessageContaining("cannot be reached");
        assertThat(problem.isBegun()).isFalse();
    }

    /** Credentials go to the root that they are for, and objects too. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectTakesNothingToAnotherHost(int status) throws Exception {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.2"))) {
            Thread thread = new Thread(() -> {
                try (Socket connection = other.accept()) {
                    elsewhere.add(request(connection.getInputStream()));
                } catch (IOException e) {
                    // Nobody came.
                }
            });
            thread.start();
            URI root = answering((in, out) -> {
                        request(in);
                        write(
                                out,
                                "HTTP/1.1 " + status + " Elsewhere\r\nLocation: http://127.0.0.2:"
                                        + other.getLocalPort() + "/\r\nContent-Length: 0\r\n\r\n");
                    })
                    .root();
            DicomwebArchive archive =
                    archive(root, Credentials.bearer(Optional.of("very-secret"), Optional.empty()), Patience.STEP);
            assertThat(stow(archive).outcome()).isEqualTo(StowAnswer.Outcome.REJECTED);
            assertThatThrownBy(() -> lists(archive)).hasMessageContaining("a redirect, and none is followed");
            other.close();
            thread.join();
        }
        assertThat(elsewhere).isEmpty();
    }

    /** Before the object was sent in full; the connection ends with it, as servers do. */
    @Test
    void anAnswerThatComesBeforeTheObjectIsSentIsHeededOrTriedAgain() throws Exception {
        file = Files.write(folder.resolve("large.dcm"), new byte[8 << 20]);
        DicomwebArchive archive = peer((in, out) -> {
            in.read(new byte[1000]);
            write(out, "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        });
        try {
            assertThat(stow(archive).outcome()).isEqualTo(StowAnswer.Outcome.UNSUPPORTED);
        } catch (DicomwebException e) {
            assertThat(e.isBegun()).isTrue();
        }
    }
}
