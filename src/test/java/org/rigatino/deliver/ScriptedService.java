package org.rigatino.deliver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.Patience;
import org.rigatino.deliver.dicomweb.Credentials;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.dicom.MultipartRelated;

/** A DICOMweb service on loopback that keeps what it is given and lists it, or answers as it is told. */
final class ScriptedService implements AutoCloseable {
    /**
     * @param status negative for no answer and a connection that is closed
     * @param fields name and value in turn
     */
    record Reply(int status, String body, String... fields) {}

    /** One request. @param objects SOP Instance UIDs that were in its parts */
    record Request(String method, String path, String query, String authorization, List<String> objects) {}

    /** Among the rest of the file, which has longer UIDs that begin alike. */
    private static final Pattern OBJECT = Pattern.compile("(?<![0-9.])2\\.25\\.10[12](?![0-9.])");

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    /** By SOP Instance UID; null stores. */
    volatile Function<String, Reply> store = uid -> null;

    /** By SOP Instance UID; null lists. */
    volatile Function<String, Reply> search = uid -> null;

    private final HttpServer server;

    ScriptedService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "service");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dicom-web");
    }

    DicomwebArchive archive() {
        return new DicomwebArchive("pacs", root(), Credentials.NONE, Optional.empty(), Patience.STEP, Patience.STEP);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean stores = exchange.getRequestMethod().equals("POST");
            Reply reply = stores ? store(exchange) : search(exchange);
            if (reply.status() < 0) {
                return;
            }
            for (int at = 0; at < reply.fields().length; at += 2) {
                exchange.getResponseHeaders().add(reply.fields()[at], reply.fields()[at + 1]);
            }
            byte[] body = reply.body() == null ? new byte[0] : reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/dicom+json");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // The client has hung up.
        }
    }

    private Reply store(HttpExchange exchange) throws IOException {
        List<String> objects = new ArrayList<>();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        MultipartRelated.of(type, exchange.getRequestBody(), 10).forEach(part -> {
            byte[] file = part.readAllBytes();
            Matcher name = OBJECT.matcher(new String(file, StandardCharsets.ISO_8859_1));
            String uid = name.find() ? name.group() : "none";
            objects.add(uid);
            if (store.apply(uid) == null) {
                kept.put(uid, file);
            }
        });
        note(exchange, objects);
        Reply reply = store.apply(objects.get(0));
        return reply != null ? reply : new Reply(200, stored(objects.get(0)));
    }

    static String stored(String uid) {
        return "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[" + item(uid, "") + "]}}";
    }

    static String storedWithWarning(String uid, int reason) {
        return "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[" + item(uid, reason(96, reason)) + "]}}";
    }

    static String failed(String uid, int reason) {
        return "{\"00081198\":{\"vr\":\"SQ\",\"Value\":[" + item(uid, reason(97, reason)) + "]}}";
    }

    private static String reason(int element, int reason) {
        return ",\"000811" + element + "\":{\"vr\":\"US\",\"Value\":[" + reason + "]}";
    }

    private static String item(String uid, String more) {
        return "{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"" + uid + "\"]}" + more + "}";
    }

    private Reply search(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        String uid = query.replaceAll(".*SOPInstanceUID=([0-9.]*).*", "$1");
        note(exchange, List.of());
        Reply reply = search.apply(uid);
        if (reply != null) {
            return reply;
        }
        return kept.containsKey(uid) ? new Reply(200, listed(uid, "2.25.1")) : new Reply(204, null);
    }

    static String listed(String uid, String study) {
        return "[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"" + uid + "\"]},\"0020000D\":{\"vr\":\"UI\",\"Value\":[\""
                + study + "\"]}}]";
    }

    private void note(HttpExchange exchange, List<String> objects) {
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getQuery(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                objects));
    }

    /** How often an object was offered. */
    long offers(String uid) {
        return requests.stream()
                .filter(request -> request.objects().contains(uid))
                .count();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
