package org.rigatino.workitem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A worklist manager on loopback, written from PS3.18 11 and the state table of PS3.4 CC.1.1-2, with the requirements of
 * CC.2.5.1.3 for the end of a workitem; nobody else's. It answers as it is told where {@link #answers} says something.
 */
public final class UpsService implements AutoCloseable {
    /** One request, as {@code PUT /workitems/2.25.1/state}. */
    public record Request(String line, String query, String authorization, String body) {}

    /** @param body null for none */
    public record Reply(int status, String body, String contentType) {
        public Reply(int status, String body) {
            this(status, body, "application/dicom+json");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "00741000";
    private static final String TRANSACTION_UID = "00081195";
    private static final List<String> PERFORMED = List.of("00404028", "00404050", "00404019", "00404051");
    private static final List<String> CANCELLATION = List.of("00404052", "0074100E");

    public final List<Request> requests = new CopyOnWriteArrayList<>();
    /** By SOP Instance UID; Transaction UIDs are beside them. */
    public final Map<String, ObjectNode> workitems = new TreeMap<>();

    public final Map<String, String> transactions = new TreeMap<>();
    /** Null does as the standard says. */
    public volatile Function<Request, Reply> answers = request -> null;
    /** Asked once a request was served; where it is true the connection ends without an answer. */
    public volatile Function<Request, Boolean> breaksOff = request -> false;

    private final HttpServer server;

    public UpsService(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "worklist-manager");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::serve);
        server.start();
    }

    public URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ups");
    }

    /** @param json with apostrophes for quotes */
    public synchronized ObjectNode schedule(String uid, String json) throws IOException {
        ObjectNode workitem = (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        text(workitem, "00080018", "UI", uid);
        text(workitem, STATE, "CS", "SCHEDULED");
        workitems.put(uid, workitem);
        return workitem;
    }

    /** Of a workitem: its SOP Class UID may be left out here. */
    public static String workitem(String procedure, String study, String... instances) {
        String references = String.join(
                ",",
                Arrays.stream(instances)
                        .map(uid -> "{'00081150':{'vr':'UI','Value':['1.2.840.10008.5.1.4.1.1.4']},"
                                + "'00081155':{'vr':'UI','Value':['" + uid + "']}}")
                        .toList());
        return "{'00404041':{'vr':'CS','Value':['READY']},'00404018':{'vr':'SQ','Value':[{'00080100':{'vr':'SH','Value':['"
                + procedure
                + "']},'00080102':{'vr':'SH','Value':['99SITE']},'00080104':{'vr':'LO','Value':['Restore']}}]},"
                + "'00404021':{'vr':'SQ','Value':[{'0040E020':{'vr':'CS','Value':['DICOM']},"
                + "'0020000D':{'vr':'UI','Value':['" + study + "']},'00081199':{'vr':'SQ','Value':[" + references
                + "]}}]}}";
    }

    public synchronized String state(String uid) {
        return workitems.get(uid).at("/" + STATE + "/Value/0").asText();
    }

    public synchronized void become(String uid, String state, String transactionUid) {
        text(workitems.get(uid), STATE, "CS", state);
        transactions.put(uid, transactionUid);
    }

    private static void text(ObjectNode dataset, String tag, String vr, String value) {
        dataset.putObject(tag).put("vr", vr).putArray("Value").add(value);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod() + " "
                            + exchange.getRequestURI().getPath().replaceFirst("^/ups", ""),
                    exchange.getRequestURI().getQuery(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Reply told = answers.apply(request);
            Reply reply = told == null ? answer(request) : told;
            if (breaksOff.apply(request)) {
                return;
            }
            byte[] body = reply.body() == null ? new byte[0] : reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", reply.contentType());
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // The client has hung up.
        }
    }

    private synchronized Reply answer(Request request) throws IOException {
        if (request.line().equals("GET /workitems")) {
            return search(request.query());
        }
        String[] path = request.line().split("[ /]+");
        ObjectNode workitem = workitems.get(path[2]);
        if (workitem == null) {
            return new Reply(404, null);
        }
        return switch (path[0]) {
            case "GET" -> new Reply(200, "[" + workitem + "]");
            case "PUT" -> changeState(path[2], workitem, JSON.readTree(request.body()));
            default ->
                path.length == 4
                        ? requestCancel(path[2])
                        : update(path[2], workitem, request.query(), (ObjectNode) JSON.readTree(request.body()));
        };
    }

    /** By state alone; limit and offset hold. */
    private Reply search(String query) {
        ArrayNode found = JSON.createArrayNode();
        int offset = Integer.parseInt(query.replaceAll(".*offset=(\\d+).*", "$1"));
        int limit = Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1"));
        workitems.values().stream()
                .filter(one -> !query.contains(STATE + "=SCHEDULED")
                        || one.at("/" + STATE + "/Value/0").asText().equals("SCHEDULED"))
                .skip(offset)
                .limit(limit)
                .forEach(found::add);
        return found.isEmpty() ? new Reply(204, null) : new Reply(200, found.toString());
    }

    private Reply changeState(String uid, ObjectNode workitem, JsonNode request) {
        String transaction = request.at("/" + TRANSACTION_UID + "/Value/0").asText("");
        String wanted = request.at("/" + STATE + "/Value/0").asText("");
        String is = state(uid);
        boolean owns = transaction.equals(transactions.getOrDefault(uid, transaction));
        if (transaction.isEmpty() || !owns) {
            return new Reply(400, null);
        }
        if (is.equals("SCHEDULED") && wanted.equals("IN PROGRESS")) {
            become(uid, wanted, transaction);
            return new Reply(200, null);
        }
        if (is.equals(wanted) && !is.equals("IN PROGRESS")) {
            return new Reply(200, null);
        }
        if (!is.equals("IN PROGRESS") || wanted.equals("IN PROGRESS")) {
            return new Reply(409, null);
        }
        boolean met = wanted.equals("COMPLETED")
                ? has(workitem.at("/00741216/Value/0"), PERFORMED)
                        && workitem.at("/00741216/Value/0").has("00404033")
                : has(workitem.at("/00741002/Value/0"), CANCELLATION);
        if (met) {
            become(uid, wanted, transaction);
        }
        return new Reply(met ? 200 : 409, null);
    }

    private static boolean has(JsonNode item, List<String> tags) {
        return tags.stream().allMatch(tag -> !item.at("/" + tag + "/Value/0").isMissingNode());
    }

    /** Only by its Transaction UID while it is in progress, and not at all afterwards. */
    private Reply update(String uid, ObjectNode workitem, String query, ObjectNode changes) {
        String named = query == null ? "" : query.replaceFirst("^transaction-uid=", "");
        boolean owns = named.equals(transactions.get(uid))
                && named.equals(changes.at("/" + TRANSACTION_UID + "/Value/0").asText());
        if (!state(uid).equals("IN PROGRESS") || !owns) {
            return new Reply(owns ? 409 : 400, null);
        }
        changes.remove(TRANSACTION_UID);
        workitem.setAll(changes);
        return new Reply(200, null);
    }

    /** Who owns it is told by events, which are not served here. */
    private Reply requestCancel(String uid) {
        if (state(uid).equals("SCHEDULED")) {
            become(uid, "CANCELED", "none");
        }
        return new Reply(state(uid).equals("COMPLETED") ? 409 : 202, null);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
