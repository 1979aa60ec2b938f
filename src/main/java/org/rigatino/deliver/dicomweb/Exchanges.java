package org.rigatino.deliver.dicomweb;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Requests to one service. Redirects are answers, so that credentials and objects go to the configured root alone. Safe for
 * use by several threads.
 */
final class Exchanges {
    private static final Duration WATCH = Duration.ofMillis(100);

    private final DicomwebArchive archive;
    private HttpClient client;
    private SSLContext context;

    Exchanges(DicomwebArchive archive) {
        this.archive = archive;
    }

    /** Another one where keys or trust were renewed. */
    private synchronized HttpClient client() {
        SSLContext now = archive.tls().map(tls -> tls.context().get()).orElse(null);
        if (client == null || now != context) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(archive.connectTimeout());
            archive.tls().ifPresent(tls -> builder.sslContext(now).sslParameters(tls.parameters(now)));
            client = builder.build();
            context = now;
        }
        return client;
    }

    Answer get(URI uri) throws DicomwebException {
        return send(uri, Map.of(), "GET", BodyPublishers.noBody());
    }

    Answer post(URI uri, String contentType, BodyPublisher body) throws DicomwebException {
        return send(uri, Map.of("Content-Type", contentType), "POST", body);
    }

    Answer put(URI uri, String contentType, BodyPublisher body) throws DicomwebException {
        return send(uri, Map.of("Content-Type", contentType), "PUT", body);
    }

    /** @throws DicomwebException where there is no such channel within the time-out */
    WebSocket open(URI uri, WebSocket.Listener listener) throws DicomwebException {
        WebSocket.Builder builder = client().newWebSocketBuilder().connectTimeout(archive.connectTimeout());
        CompletableFuture<WebSocket> coming = null;
        try {
            archive.credentials().authorization().ifPresent(value -> builder.header("Authorization", value));
            coming = builder.buildAsync(uri, listener);
            return coming.get(archive.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalArgumentException e) {
            throw new DicomwebException("its credentials cannot be used: " + e.getMessage(), false, e);
        } catch (ExecutionException e) {
            throw broken(e.getCause(), false);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new DicomwebException(archive + " opens no channel within " + archive.responseTimeout(), false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DicomwebException("interrupted while " + archive + " was asked", false, e);
        }
    }

    private Answer send(URI uri, Map<String, String> fields, String method, BodyPublisher body)
            throws DicomwebException {
        PacedBody paced = new PacedBody(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/dicom+json");
        fields.forEach(request::header);
        authorize(request);
        request.method(method, method.equals("GET") ? body : paced);
        return await(client().sendAsync(request.build(), head -> new BoundedBody()), paced);
    }

    private void authorize(HttpRequest.Builder request) throws DicomwebException {
        try {
            archive.credentials().authorization().ifPresent(value -> request.header("Authorization", value));
        } catch (IllegalArgumentException e) {
            throw new DicomwebException("its credentials cannot be used: " + e.getMessage(), false, e);
        }
    }

    /** No time-out of the client's own covers a body that nobody takes, or an answer that never ends. */
    private Answer await(CompletableFuture<HttpResponse<BoundedBody.Read>> coming, PacedBody body)
            throws DicomwebException {
        try {
            while (body.stillness().compareTo(archive.responseTimeout()) < 0) {
                try {
                    HttpResponse<BoundedBody.Read> came = coming.get(WATCH.toMillis(), TimeUnit.MILLISECONDS);
                    return new Answer(
                            came.statusCode(),
                            came.headers().firstValue("Content-Type").orElse(""),
                            came.headers().firstValue("Retry-After").orElse(null),
                            came.body().bytes(),
                            came.body().isWhole());
                } catch (TimeoutException e) {
                    // Looked at again.
                }
            }
            throw new DicomwebException(
                    archive + " did not take the request, or did not answer it in full, within "
                            + archive.responseTimeout(),
                    body.isBegun(),
                    new SocketTimeoutException());
        } catch (ExecutionException e) {
            throw broken(e.getCause(), body.isBegun());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DicomwebException("interrupted while " + archive + " was asked", body.isBegun(), e);
        } finally {
            coming.cancel(true);
        }
    }

    /** A certificate of ours may be refused after the handshake (RFC 8446 4.4.2.4): nothing was taken then. */
    private DicomwebException broken(Throwable cause, boolean begun) {
        boolean tls = causes(cause).anyMatch(SSLException.class::isInstance);
        boolean unreached = causes(cause)
                .anyMatch(one -> one instanceof ConnectException
                        || one instanceof HttpConnectTimeoutException
                        || one instanceof UnresolvedAddressException);
        String what =
                tls ? "TLS with " + archive + " failed" : archive + (unreached ? " cannot be reached" : " broke off");
        boolean handshake = causes(cause).anyMatch(SSLHandshakeException.class::isInstance);
        String reason = reason(cause);
        return new DicomwebException(
                what + ": " + (tls || unreached ? reason : unquoted(reason)), begun && !handshake, cause);
    }

    private static String reason(Throwable cause) {
        Throwable named = causes(cause)
                .filter(one -> one.getMessage() != null && one instanceof IOException)
                .findFirst()
                .orElse(cause);
        return named.getMessage() == null ? named.getClass().getSimpleName() : named.getMessage();
    }

    /** What the client says of an answer that is no HTTP quotes it, and it may be the rest of a dataset. */
    private static String unquoted(String message) {
        return message.replaceAll("(?s)[:\"'\\[{].*", "").replaceAll("[^\\x20-\\x7e]", "?");
    }

    static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, one -> one != null, Throwable::getCause).limit(20);
    }
}
