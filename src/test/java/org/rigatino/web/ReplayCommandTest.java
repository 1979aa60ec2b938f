package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
