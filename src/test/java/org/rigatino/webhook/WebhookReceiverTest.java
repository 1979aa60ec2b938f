package org.rigatino.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Settings;
import org.rigatino.notify.RetryLaterException;

/** Every answer to a webhook, and none. */
class WebhookReceiverTest {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] EVENT = "{}".getBytes(StandardCharsets.UTF_8);

    private final List<Headers> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** @param headers name and value in turn */
    private WebhookReceiver answered(int status, String... headers) {
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestHeaders());
            for (int at = 0; at < headers.length; at += 2) {
                exchange.getResponseHeaders().add(headers[at], headers[at + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        return new WebhookReceiver("ris", settings(server.getAddress().getPort()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void everyKindOfSuccessIsTaken(int status) throws Exception {
        answered(status).take("id", EVENT);
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 400, 401, 403, 404, 405, 410, 413, 422, 429, 500, 501, 502, 503, 504})
    void everyOtherAnswerIsRepeatedInTheUsualTime(int status) {
        assertThatThrownBy(() -> answered(status).take("id", EVENT))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        assertThatThrownBy(() -> answered(status, "Location", "/elsewhere").take("id", EVENT))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("answered " + status);
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"429, 3", "503, 3", "503, 'Sat, 28 Nov 2099 10:00:00 GMT'", "301, 3", "500, 3"})
    void anAnswerThatSaysWhenIsHeeded(int status, String retryAfter) {
        assertThatThrownBy(() -> answered(status, "Retry-After", retryAfter).take("id", EVENT))
                .isInstanceOf(RetryLaterException.class)
                .hasMessage("answered " + status);
    }

    @Test
    void whatTheAnswerSaysOfWhenIsIgnoredWhereItIsNeitherSecondsNorADate() {
        assertThatThrownBy(() -> answered(503, "Retry-After", "soon").take("id", EVENT))
                .isExactlyInstanceOf(IOException.class);
    }

    @Test
    void nobodyThereIsAFailedAttempt() {
        WebhookReceiver receiver = answered(204);
        server.stop(0);
        assertThatThrownBy(() -> receiver.take("id", EVENT)).isInstanceOf(ConnectException.class);
    }

    @Test
    void noAnswerInTimeIsAFailedAttempt() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            WebhookReceiver receiver =
                    new WebhookReceiver("ris", settings(silent.getLocalPort(), Duration.ofSeconds(1)));
            assertThatThrownBy(() -> receiver.take("id", EVENT)).isInstanceOf(HttpTimeoutException.class);
        }
    }

    /** As a proxy does whose upstream died, or who streams events. */
    @ParameterizedTest
    @CsvSource({"200 OK, true", "503 Service Unavailable, false"})
    @Timeout(Patience.SECONDS)
    void theHeadIsTheAnswerAndABodyWithoutAnEndIsNotWaitedFor(String status, boolean taken) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> closed = CompletableFuture.supplyAsync(() -> answerWithoutEnd(server, status));
            WebhookReceiver receiver = new WebhookReceiver("ris", settings(server.getLocalPort()));
            if (taken) {
                receiver.take("id", EVENT);
            } else {
                assertThatThrownBy(() -> receiver.take("id", EVENT)).hasMessage("answered 503");
            }
            assertThat(closed).as("the connection is given up").succeedsWithin(Patience.STEP);
        }
    }

    /** Returns once the other side has closed. */
    private static int answerWithoutEnd(ServerSocket server, String status) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write(("HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readAllBytes().length;
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void anAnswerThatIsNotHttpIsAFailedAttempt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = new Thread(() -> {
                try (Socket socket = other.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            peer.start();
            WebhookReceiver receiver = new WebhookReceiver("ris", settings(other.getLocalPort()));
            assertThatThrownBy(() -> receiver.take("id", EVENT)).isInstanceOf(IOException.class);
            peer.join();
        }
    }

    @Test
    void eachAttemptIsSignedAsStandardWebhooksHasIt() throws Exception {
        WebhookReceiver receiver = answered(204);
        receiver.take("2.25.1/1", EVENT);
        Headers request = requests.get(0);
        assertThat(request.getFirst("Content-Type")).isEqualTo("application/cloudevents+json; charset=UTF-8");
        assertThat(request.getFirst("webhook-id")).isEqualTo("2.25.1/1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        String signed = "2.25.1/1." + request.getFirst("webhook-timestamp") + ".{}";
        assertThat(request.getFirst("webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }

    private static WebhookConfiguration.Webhook settings(int port) {
        return settings(port, Patience.STEP);
    }

    private static WebhookConfiguration.Webhook settings(int port, Duration responseTimeout) {
        return Settings.of(
                        WebhookConfiguration.class,
                        Map.of(
                                "rigatino.webhooks.ris.url",
                                "http://127.0.0.1:" + port + "/",
                                "rigatino.webhooks.ris.secret",
                                "whsec_" + KEY,
                                "rigatino.webhooks.ris.response-timeout",
                                responseTimeout.toString()))
                .all()
                .get("ris");
    }
}
