package org.rigatino.dicom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * One GET, whose head has to come within the node's time-outs and its body without a longer silence, and both within a limit.
 * Redirects are answers. Closing it ends the exchange.
 */
final class DicomwebGet implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final InputStream body;

    private DicomwebGet(HttpResponse<InputStream> response, Duration silence, long end) {
        this.response = response;
        this.body = new TimedInputStream(response.body(), silence, end);
    }

    /** @param end of {@link System#nanoTime} */
    static DicomwebGet send(HttpClient client, DicomwebNode node, URI uri, String accept, long end) throws IOException {
        Duration head = shorter(node.connectTimeout().plus(node.idleTimeout()), left(end));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", accept).timeout(head);
        if (node.authorization() != null) {
            request.header("Authorization", node.authorization());
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            return new DicomwebGet(response, node.idleTimeout(), end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DicomException("it was asked, and the question was interrupted", e);
        } catch (IOException e) {
            left(end);
            throw e;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** @throws LimitPassedException where nothing is */
    private static Duration left(long end) throws LimitPassedException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.toMillis() <= 0) {
            throw new LimitPassedException(
                    LimitPassedException.Limit.TIME, "its answer had not come to its end within the time limit", null);
        }
        return left;
    }

    int status() {
        return response.statusCode();
    }

    /** Null where there is none. */
    String contentType() {
        return response.headers().firstValue("Content-Type").orElse(null);
    }

    InputStream body() {
        return body;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    /** No time-out of the client's own covers a body. */
    private static final class TimedInputStream extends FilterInputStream {
        private final Duration silence;
        private final long end;

        TimedInputStream(InputStream in, Duration silence, long end) {
            super(in);
            this.silence = silence;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Deadline deadline = Deadline.of(in, shorter(silence, left(end)));
            try (deadline) {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                if (!deadline.hasPassed()) {
                    throw e;
                }
                left(end);
                throw new SocketTimeoutException("nothing came for " + silence);
            }
        }
    }
}
