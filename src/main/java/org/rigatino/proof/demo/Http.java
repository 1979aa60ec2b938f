package org.rigatino.proof.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A server on loopback that speaks HTTP and JSON. */
final class Http {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final String base;

    Http(int port) {
        base = "http://127.0.0.1:" + port;
    }

    String base() {
        return base;
    }

    /** @throws IOException where the server does not answer with 200 */
    JsonNode json(String path) throws IOException {
        return JSON.readTree(body(request(path).GET().build()));
    }

    byte[] bytes(String path) throws IOException {
        return body(request(path).GET().build());
    }

    JsonNode post(String path, String body) throws IOException {
        return JSON.readTree(
                body(request(path).POST(BodyPublishers.ofString(body)).build()));
    }

    void delete(String path) throws IOException {
        body(request(path).DELETE().build());
    }

    int status(String path) throws IOException {
        return send(request(path).GET().build()).statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
    }

    private byte[] body(HttpRequest request) throws IOException {
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() != 200) {
            throw new IOException(request.method() + " " + request.uri() + " answered " + response.statusCode());
        }
        return response.body();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + request.uri(), e);
        }
    }
}
