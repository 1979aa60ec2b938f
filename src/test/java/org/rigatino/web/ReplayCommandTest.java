package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ReplayCommandTest {
    @Test
    void aRefusedStudyIsJudgedAnew() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/studies/1.2.3/judge-anew", exchange -> {
            byte[] answer = "{\"revision\":2,\"instances\":1}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 200 : 405, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            StringWriter out = new StringWriter();
            int exit = new CommandLine(new ReplayCommand())
                    .setOut(new PrintWriter(out, true))
                    .execute(
                            "--judge-anew",
                            "1.2.3",
                            "--url",
                            "http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(exit).isZero();
            assertThat(out.toString()).contains("1.2.3 is judged anew");
        } finally {
            server.stop(0);
        }
    }

    /** What is listed: a page of a thousand, and one more. Of those one is settled, and one was replayed by somebody meanwhile. */
    private static HttpServer server(List<String> replayed, int refusal) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/studies", exchange -> {
            String asked = exchange.getRequestURI().toString();
            String uid = asked.replaceAll("/api/studies/|/replay", "");
            boolean refused = uid.equals("2.1");
            String answer = "{}";
            if (asked.contains("?")) {
                int page = asked.contains("page=1") ? 1 : 0;
                answer = IntStream.range(page * 1000, page == 0 ? 1000 : 1002)
                        .mapToObj(i -> "{\"studyInstanceUid\":\"2." + i + "\",\"revision\":1,\"supersededAt\":"
                                + (i == 0 ? "\"2026-03-01T00:00:00Z\"" : "null") + "}")
                        .collect(Collectors.joining(",", "[", "]"));
            } else if (refused) {
                answer = "{\"status\":" + refusal + ",\"detail\":\"no failed revision\"}";
            } else {
                replayed.add(uid);
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? refusal : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int run(HttpServer server, String what, StringWriter out, StringWriter error) {
        return new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(error, true))
                .execute(
                        what, "--url", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void whatIsRefusedDoesNotHoldUpTheOthersAndWhatIsSettledIsNotAsked() throws Exception {
        List<String> replayed = new CopyOnWriteArrayList<>();
        HttpServer server = server(replayed, 409);
        try {
            StringWriter out = new StringWriter();
            StringWriter error = new StringWriter();
            assertThat(run(server, "--all", out, error)).isEqualTo(1);
            assertThat(replayed)
                    .containsExactlyElementsOf(
                            IntStream.range(2, 1002).mapToObj(i -> "2." + i).toList());
            assertThat(out.toString()).contains("replay: 1000 studies, 1 refused");
            assertThat(error.toString()).contains("/api/studies/2.1/replay", "no failed revision");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void allThatFailedAndIsNotSettledIsListed() throws Exception {
        HttpServer server = server(new CopyOnWriteArrayList<>(), 409);
        try {
            StringWriter out = new StringWriter();
            assertThat(run(server, "--list", out, new StringWriter())).isZero();
            assertThat(out.toString().lines().toList()).hasSize(1002).contains("replay: 1001 studies");
        } finally {
            server.stop(0);
        }
    }

    /** Each would be refused alike. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void whoMayNotReplayIsToldOnce(int status) throws Exception {
        List<String> replayed = new CopyOnWriteArrayList<>();
        HttpServer server = server(replayed, status);
        try {
            StringWriter error = new StringWriter();
            assertThat(run(server, "--all", new StringWriter(), error)).isEqualTo(1);
            assertThat(replayed).isEmpty();
            assertThat(error.toString().lines()).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":409,\"detail\":\"1.2.3 has no failed revision\"}|: 1.2.3 has no failed revision",
                "busy|''"
            })
    void aRefusalIsToldWithItsReason(String body, String told) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(409, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            StringWriter error = new StringWriter();
            int exit = new CommandLine(new ReplayCommand())
                    .setErr(new PrintWriter(error, true))
                    .execute("--study", "1.2.3", "--url", url);
            assertThat(exit).isEqualTo(1);
            assertThat(error.toString().strip()).endsWith("was answered 409 by " + url + told);
        } finally {
            server.stop(0);
        }
    }
}
