package org.rigatino.proof.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * OHIF beside an Orthanc with the DICOMweb plugin, on one origin of this machine's loopback address: the viewer's files,
 * and GET requests of {@code /dicom-web/} that are passed on. It reads; nothing can be written through it.
 */
public final class Viewer implements AutoCloseable {
    static final String DICOM_WEB = "/dicom-web/";
    private static final String CONFIGURATION = "/app-config.js";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "wasm", "application/wasm",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    private final Path files;
    private final String pacs;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();

    private Viewer(Path files, String pacs, HttpServer server) {
        this.files = files;
        this.pacs = pacs;
        this.server = server;
    }

    /**
     * @param files the folder {@code dist} of the npm package {@code @ohif/app}
     * @param pacs started with {@link Orthanc#dicomWeb()}
     * @throws IOException where the folder holds no viewer
     */
    public static Viewer start(Path files, Orthanc pacs) throws IOException {
        Path folder = files.toAbsolutePath().normalize();
        if (!Files.isReadable(folder.resolve("index.html"))) {
            throw new IOException("no viewer in " + folder
                    + ": './rigatino demo --viewer' fetches it; started in another way, name OHIF's folder dist by"
                    + " RIGATINO_VIEWER");
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Viewer viewer = new Viewer(folder, pacs.address(), server);
        server.setExecutor(viewer.threads);
        server.createContext("/", exchange -> viewer.answer(exchange, viewer::file));
        server.createContext(DICOM_WEB, exchange -> viewer.answer(exchange, viewer::passOn));
        server.createContext(CONFIGURATION, exchange -> viewer.answer(exchange, Viewer::configuration));
        server.start();
        return viewer;
    }

    /** Where a person sees a study. */
    public String study(String studyInstanceUid) {
        return base() + "/viewer?StudyInstanceUIDs=" + studyInstanceUid;
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                answer.to(exchange);
            } else {
                exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private static void configuration(HttpExchange exchange) throws IOException {
        try (InputStream configuration = Viewer.class.getResourceAsStream("/viewer" + CONFIGURATION)) {
            send(exchange, TYPES.get("js"), configuration);
        }
    }

    /** A path that is no file is one of the viewer's own pages. */
    private void file(HttpExchange exchange) throws IOException {
        Path file =
                files.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
        if (!file.startsWith(files) || !Files.isRegularFile(file)) {
            file = files.resolve("index.html");
        }
        String name = file.getFileName().toString();
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        try (InputStream content = Files.newInputStream(file)) {
            send(exchange, type == null ? "application/octet-stream" : type, content);
        }
    }

    private static void send(HttpExchange exchange, String type, InputStream content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        // The viewer shares memory with its workers, which browsers grant to isolated pages alone.
        exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
        exchange.getResponseHeaders().set("Cross-Origin-Embedder-Policy", "require-corp");
        exchange.sendResponseHeaders(200, 0);
        content.transferTo(exchange.getResponseBody());
    }

    private void passOn(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(pacs + exchange.getRequestURI()));
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        request.header("Accept", accept == null ? "*/*" : accept);
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            try (InputStream body = answer.body()) {
                body.transferTo(exchange.getResponseBody());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the PACS was asked", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
