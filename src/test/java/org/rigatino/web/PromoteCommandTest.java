package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PromoteCommandTest {
    private static final String RELEASES =
            """
            [{"digest": "aa", "model": "head/1", "standing": "SERVING", "since": "T", "changedBy": null, "inPlaceOf": [],
              "backTo": [], "workers": 2, "lacking": [], "rulesApart": "a: no rules; b: rules 8c", "leavesToNobodySha256": "5d"},
             {"digest": "bb", "model": "head/2", "standing": "SHADOW", "since": "T", "changedBy": "adam",
              "inPlaceOf": [{"model": "head/1", "digest": "aa"}], "backTo": [], "workers": 1, "lacking": ["b has not got it"],
              "leavesToNobody": [{"model": "head/1", "rules": ["modality", "patient-age"], "houseRules": ["proven"]}], "leavesToNobodySha256": "3e",
              "losses": [{"kind": "NOT_MEASURED", "text": "head/1 was measured and it was not"}], "lossesSha256": "4f"},
             {"digest": "cc", "model": "twin/1", "standing": "SHADOW", "since": "T", "changedBy": null, "inPlaceOf": [],
              "backTo": [], "workers": 2, "lacking": []},
             {"digest": "dd", "model": "twin/1", "standing": "SHADOW", "since": "T", "changedBy": null, "inPlaceOf": [],
              "backTo": [], "workers": 2, "lacking": []}]""";

    private final List<String> posts = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/releases", exchange -> {
            boolean post = exchange.getRequestMethod().equals("POST");
            if (post) {
                posts.add(exchange.getRequestURI().getPath() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            byte[] answer = (post ? "{\"before\":[\"head/1\"],\"after\":[\"head/2\"]}" : RELEASES)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int promote(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
        return new CommandLine(new PromoteCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void aReleaseIsPromotedByNameInThePlaceOfThoseThatWereListed() {
        assertThat(promote("head/2")).isZero();
        assertThat(posts).containsExactly("/api/releases/bb/promote {\"others\":[\"aa\"]}");
        assertThat(out.toString().strip()).isEqualTo("served before: head/1; serves now: head/2");
        assertThat(promote("--back", "head/1")).isZero();
        assertThat(posts).last().isEqualTo("/api/releases/aa/withdraw {\"others\":[]}");
        assertThat(promote("head/2", "--leave-to-nobody", "3e")).isZero();
        assertThat(posts).last().isEqualTo("/api/releases/bb/promote {\"others\":[\"aa\"],\"leaveToNobody\":\"3e\"}");
        assertThat(promote("head/2", "--accept-losses", "4f")).isZero();
        assertThat(posts).last().isEqualTo("/api/releases/bb/promote {\"others\":[\"aa\"],\"acceptLosses\":\"4f\"}");
    }

    @Test
    void theListTellsWhichServeAndWhereOneIsLacking() {
        assertThat(promote("--list")).isZero();
        assertThat(out.toString())
                .contains(
                        "head/1 SERVING since T, sha256 aa, at 2 workers; going back leaves images to nobody: whatever workers"
                                + " leave that follow different rules of the house, or such as cannot be told (a: no rules; b: rules 8c)"
                                + " (--leave-to-nobody 5d)")
                .contains("head/2 SHADOW since T by adam, sha256 bb, at 1 workers; b has not got it; promoting it"
                        + " leaves images to nobody: of head/1 by modality, patient-age, rule \"proven\" of the house (--leave-to-nobody 3e); promoting it gives up:"
                        + " head/1 was measured and it was not (--accept-losses 4f)");
        assertThat(posts).isEmpty();
    }

    @Test
    void whatIsNotOneReleaseIsRefused() {
        assertThat(promote("head/3")).isEqualTo(1);
        assertThat(promote("twin/1")).isEqualTo(1);
        assertThat(err.toString()).contains("no worker has seen head/3", "several releases are named twin/1");
        assertThat(posts).isEmpty();
        assertThat(promote("cc")).isZero();
        assertThat(posts).hasSize(1);
    }
}
