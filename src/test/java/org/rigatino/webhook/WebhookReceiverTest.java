package org.rigatino.webhook;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.notify.RetryLaterException;

class WebhookReceiverTest {
    @ParameterizedTest
    @CsvSource({"429, 3", "503, 3", "503, 'Sat, 28 Nov 2099 10:00:00 GMT'", "301, 3", "500, 3"})
    void anAnswerThatSaysWhenIsHeeded(int status, String retryAfter) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            WebhookReceiver receiver =
                    new WebhookReceiver("ris", settings(server.getAddress().getPort()));
            assertThatThrownBy(() -> receiver.take("id", new byte[] {'{', '}'}))
                    .isInstanceOf(RetryLaterException.class)
                    .hasMessage("answered " + status);
        } finally {
            server.stop(0);
        }
    }

    private static WebhookConfiguration.Webhook settings(int port) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "rigatino.webhooks.ris.url",
                                "http://127.0.0.1:" + port + "/",
                                "rigatino.webhooks.ris.secret",
                                "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                        "test",
                        500))
                .withMapping(WebhookConfiguration.class)
                .build()
                .getConfigMapping(WebhookConfiguration.class)
                .all()
                .get("ris");
    }
}
