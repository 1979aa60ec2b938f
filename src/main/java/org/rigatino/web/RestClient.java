package org.rigatino.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running process with the role {@code web}, for commands. */
final class RestClient {
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Another answer than 200. The message tells what was asked and the detail of the problem (RFC 9457). */
    static final class RefusedException extends IOException {
        private final int status;
        private final transient JsonNode problem;

        private RefusedException(String message, int status, JsonNode problem) {
            super(message);
            this.status = status;
            this.problem = problem;
        }

        /** Whether whatever else the caller asks is refused alike. */
        boolean isOfCaller() {
            return status == 401 || status == 403;
        }

        /** An empty object where the answer was none. */
        JsonNode problem() {
            return problem;
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String url;
    private final String token;
    private final Duration limit;

    /**
     * @param token null or blank where none is asked for
     * @param limit until an answer
     */
    RestClient(String url, String token, Duration limit) {
        this.url = url;
        this.token = token;
        this.limit = limit;
    }

    JsonNode get(String path) throws IOException {
        return ask("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    JsonNode post(String path) throws IOException {
        return ask("POST", path, HttpRequest.BodyPublishers.noBody());
    }

    JsonNode post(String path, JsonNode body) throws IOException {
        return ask("POST", path, HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    /** @throws IllegalArgumentException where the URL is none */
    private JsonNode ask(String method, String path, HttpRequest.BodyPublisher body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(limit).method(method, body);
        if (body.contentLength() > 0) {
            request.header("Content-Type", "application/json");
        }
        if (token != null && !token.isBlank()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                JsonNode problem = problem(answer.body());
                String detail = problem.path("detail").asText();
                throw new RefusedException(
                        method + " " + path + " was answered " + answer.statusCode() + " by " + url
                                + (detail.isEmpty() ? "" : ": " + detail),
                        answer.statusCode(),
                        problem);
            }
            return JSON.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + url, e);
        } catch (ConnectException e) {
            throw new IOException("nobody answers at " + url + ": name a process with the role web by --url", e);
        }
    }

    private static JsonNode problem(String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            return problem != null && problem.isObject() ? problem : JSON.createObjectNode();
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
