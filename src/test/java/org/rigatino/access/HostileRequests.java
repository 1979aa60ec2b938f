package org.rigatino.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.rigatino.Patience;

/** Requests to one endpoint that are well-formed HTTP and nothing else. */
final class HostileRequests {
    private static final int MUTANTS = 20;

    /** Of a text that makes a request line too long where it comes several times. */
    private static final int LONG = 1000;

    private static final String USUAL = "{\"version\":1,\"to\":\"anna\"}";

    private static final List<String> TEXTS = List.of(
            "%00",
            "1.2.3%00",
            "%FF%FE",
            "%ED%A0%80",
            "..%2F..%2Fetc%2Fpasswd",
            "'%20or%20'1'='1",
            "%F0%9F%98%80",
            "%0D%0ASet-Cookie:%20a=b",
            "-1",
            "99999999999999999999",
            "1e999",
            "NaN",
            "1.".repeat(2000) + "1");

    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "{",
            "\"text\"",
            "[".repeat(5000),
            "{\"a\":".repeat(5000),
            "{\"version\":1e999}",
            "{\"version\":-2147483649}",
            "{\"version\":{}}",
            "{\"version\":\"1\"}",
            "{\"version\":1,\"to\":\"\\u0000\"}",
            "{\"version\":1,\"to\":\"" + "a".repeat(100_000) + "\"}",
            "{\"version\":1,\"version\":2}",
            "{\"version\":" + "9".repeat(2000) + "}",
            "{\"sopInstanceUid\":\"1.2\\u0000\",\"frameNumber\":1,\"verdict\":\"AGREE\"}",
            "{\"sopInstanceUid\":\"1.2\",\"frameNumber\":1,\"verdict\":\"AGREE\",\"modelDigest\":\"\\u0000\"}",
            "{\"sopInstanceUid\":\"1.2\",\"frameNumber\":1,\"verdict\":\"AGREE\",\"comment\":\"\\ud800\"}",
            "{\"sopInstanceUid\":\"1.2\",\"frameNumber\":-2147483648,\"verdict\":\"AGREE\",\"revises\":-1}",
            "{\"sopInstanceUid\":\"1.2\",\"frameNumber\":1,\"verdict\":7}");

    private final HttpClient shared = client();
    private final int port;
    private final String token;

    HostileRequests(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /**
     * @param read names of the query's parameters that the endpoint reads
     * @param others names that it does not read, sent together
     * @return the requests that were answered as if the server were to blame, each with its status
     */
    List<String> faults(String method, String path, Set<String> read, Set<String> others)
            throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        String plain = path.replaceAll("\\{[^}]*}", "1.2.3");
        for (String text : TEXTS) {
            add(faults, method, path.replaceAll("\\{[^}]*}", text.replace("$", "")), USUAL);
            for (String parameter : read) {
                add(faults, method, plain + "?" + parameter + "=" + text, USUAL);
            }
            if (text.length() < LONG) {
                add(faults, method, plain + "?" + String.join("=" + text + "&", others) + "=" + text, USUAL);
            }
        }
        if (method.equals("POST")) {
            for (String body : BODIES) {
                add(faults, method, plain, body);
            }
            Random random = new Random(plain.hashCode());
            for (int i = 0; i < MUTANTS; i++) {
                add(faults, method, plain, mutant(random));
            }
        }
        return faults;
    }

    private static String mutant(Random random) {
        byte[] bytes = USUAL.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private void add(List<String> faults, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher =
                method.equals("POST") ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Patience.STEP)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        int status = status(request);
        if (status >= 500) {
            faults.add(status + " " + method + " " + path.substring(0, Math.min(100, path.length())) + " "
                    + body.substring(0, Math.min(60, body.length())));
        }
    }

    /** A request line that is too long ends a connection, and with it what comes next on it: that is asked anew. */
    private int status(HttpRequest request) throws IOException, InterruptedException {
        try {
            return status(shared, request);
        } catch (IOException ended) {
            return status(client(), request);
        }
    }

    private static int status(HttpClient sender, HttpRequest request) throws IOException, InterruptedException {
        return sender.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
