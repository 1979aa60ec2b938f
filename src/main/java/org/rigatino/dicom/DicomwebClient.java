package org.rigatino.dicom;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * User of WADO-RS and QIDO-RS (PS3.18 10.4 and 10.6). Only the node's own root is ever asked: redirects are failures.
 * Safe for use by several threads.
 */
public final class DicomwebClient {
    private static final int MAX_JSON = 1 << 20;

    /** Studies asked for at once. */
    private static final int PAGE = 100;

    /** Of all pages together. */
    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String STUDY_INSTANCE_UID = "0020000D";
    private static final String NUMBER_OF_STUDY_RELATED_INSTANCES = "00201208";

    private final DicomwebNode node;
    private HttpClient client;
    private SSLContext context;

    public DicomwebClient(DicomwebNode node) {
        this.node = node;
    }

    /** Number of Study Related Instances (0020,1208); 0 where the service knows no such study. */
    public int count(String studyInstanceUid) throws DicomException {
        String query = "?StudyInstanceUID=" + studyInstanceUid + "&includefield=" + NUMBER_OF_STUDY_RELATED_INSTANCES;
        try {
            node.study(studyInstanceUid);
            return count(studyInstanceUid, studies(query, System.nanoTime() + LONGEST_SEARCH.toNanos()));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The most, where it is listed more than once: by an archive that has a part of it online. */
    private static int count(String studyInstanceUid, JsonNode studies) throws IOException {
        int most = 0;
        boolean listed = studies.isEmpty();
        for (JsonNode study : studies) {
            if (study.path(STUDY_INSTANCE_UID).path("Value").path(0).asText().equals(studyInstanceUid)) {
                listed = true;
                most = Math.max(most, instances(study));
            }
        }
        if (!listed) {
            throw new DicomException("it answers with other studies than the one that it was asked for");
        }
        return most;
    }

    private static int instances(JsonNode study) throws DicomException {
        JsonNode value =
                study.path(NUMBER_OF_STUDY_RELATED_INSTANCES).path("Value").path(0);
        if (!value.isNumber() && !value.isTextual()) {
            throw new DicomException("the answer holds no Number of Study Related Instances (0020,1208)");
        }
        return value.asInt();
    }

    /**
     * QIDO-RS of studies. The answers as they came, page by page until one says nothing new: whether they match what was asked
     * is not looked at.
     *
     * @param keys to match by
     * @param tags that are returned, the keys among them
     * @param most answers; more of them throw
     */
    public void studies(Dataset keys, int[] tags, int most, QueryScu.Answers answers) throws DicomException {
        String query = query(DatasetEncoding.asRead(keys), tags);
        Set<JsonNode> listed = new LinkedHashSet<>();
        long end = System.nanoTime() + LONGEST_SEARCH.toNanos();
        try {
            int offset = 0;
            int size = 0;
            while (true) {
                JsonNode page = studies(query + "&limit=" + PAGE + "&offset=" + offset, end);
                int before = listed.size();
                page.forEach(listed::add);
                int fresh = listed.size() - before;
                demandPages(size, page.size(), fresh);
                if (listed.size() > most) {
                    throw new DicomException("it answers with more than " + most + " studies: ask for fewer");
                }
                if (fresh == 0) {
                    break;
                }
                size = page.size();
                offset += size;
            }
            for (JsonNode study : listed) {
                answers.take(JsonDataset.of("it answers", study).dataset(tags));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * What a service leaves out would be missed by nobody.
     *
     * @param before studies of the page before, 0 for the first
     * @param fresh of this page, those that no page before had
     */
    private static void demandPages(int before, int size, int fresh) throws DicomException {
        boolean repeated = fresh == 0 && size > 0 && before == PAGE;
        if (repeated || fresh > 0 && fresh < size) {
            throw new DicomException("it repeats on one page what another had, so that nobody can tell whether it"
                    + " answered with all: ask for fewer studies");
        }
    }

    private static String query(Dataset keys, int... tags) {
        StringBuilder query = new StringBuilder("?fuzzymatching=false");
        for (int tag : tags) {
            String value = keys.string(tag).orElse("");
            query.append(value.isEmpty() ? "&includefield=" : "&").append(String.format("%08X", tag));
            if (!value.isEmpty()) {
                query.append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
            }
        }
        return query.toString();
    }

    /** Empty where none matches. */
    private JsonNode studies(String query, long end) throws IOException {
        try (DicomwebGet get = get(URI.create(node.root() + "/studies" + query), "application/dicom+json", end)) {
            if (get.status() == 204) {
                return MissingNode.getInstance();
            }
            demandSuccess(get.status());
            byte[] bytes = get.body().readNBytes(MAX_JSON + 1);
            if (bytes.length > MAX_JSON) {
                throw new DicomException("it answered with more than " + MAX_JSON + " bytes");
            }
            return list(bytes);
        }
    }

    /** What the parser says of a body quotes it. */
    private static JsonNode list(byte[] body) throws IOException {
        try {
            JsonNode list = JSON.readTree(body);
            if (list.isArray()) {
                return list;
            }
        } catch (JsonProcessingException e) {
            throw new DicomException("it answered with a body that is not DICOM JSON");
        }
        throw new DicomException("it answered with a body that is no list");
    }

    /**
     * Fetches every instance of a study in the transfer syntax that the service has it in.
     *
     * @param maxInstances more than these end the retrieval
     * @param limit for the whole of it
     * @return how many instances there were
     * @throws LimitPassedException where there were more, or it took longer
     * @throws DicomException where not all of them came; those before that have been handled
     */
    public int retrieve(
            String studyInstanceUid, int maxInstances, Duration limit, MultipartRelated.PartHandler instances)
            throws DicomException {
        String accept = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
        long end = System.nanoTime() + limit.toNanos();
        try (DicomwebGet get = get(node.study(studyInstanceUid), accept, end)) {
            demandSuccess(get.status());
            return MultipartRelated.of(get.contentType(), get.body(), maxInstances)
                    .forEach(instances);
        } catch (IOException | IllegalArgumentException e) {
            DicomException failure = failure(e);
            Optional<LimitPassedException> passed = cause(e, LimitPassedException.class);
            throw passed.isEmpty()
                    ? failure
                    : new LimitPassedException(passed.get().limit(), failure.getMessage(), e);
        }
    }

    private DicomwebGet get(URI uri, String accept, long end) throws IOException {
        return DicomwebGet.send(client(), node, uri, accept, end);
    }

    /** Another one where keys or trust were renewed. */
    private synchronized HttpClient client() {
        SSLContext now = node.tls() == null ? null : node.tls().context().get();
        if (client == null || now != context) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(node.connectTimeout());
            if (now != null) {
                builder.sslContext(now).sslParameters(node.tls().parameters(now));
            }
            client = builder.build();
            context = now;
        }
        return client;
    }

    private static void demandSuccess(int status) throws DicomException {
        if (status / 100 == 3) {
            throw new DicomException("it answered " + status + ", a redirect, and none is followed");
        }
        if (status != 200) {
            throw new DicomException("it answered " + status);
        }
    }

    /** Names the node, and nothing that it sent. */
    private DicomException failure(Exception e) {
        String said = "DICOMweb source " + node + ": " + reason(e);
        return isUnreachable(e) ? new UnreachableException(said, e) : new DicomException(said, e);
    }

    private static String reason(Exception e) {
        Optional<DicomException> ours = cause(e, DicomException.class);
        if (ours.isPresent() || e instanceof IllegalArgumentException) {
            return ours.map(Exception::getMessage).orElse(e.getMessage());
        }
        if (isUnreachable(e)) {
            return "it cannot be reached";
        }
        if (cause(e, SocketTimeoutException.class).isPresent()
                || cause(e, HttpTimeoutException.class).isPresent()) {
            return "it was silent for too long";
        }
        // What the client says of an answer that is no HTTP quotes it, and it may be the rest of a dataset.
        return MultipartRelated.describe((IOException) e)
                .replaceAll("(?s)[:\"'\\[{].*", "")
                .replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static boolean isUnreachable(Exception e) {
        return cause(e, ConnectException.class).isPresent()
                || cause(e, HttpConnectTimeoutException.class).isPresent();
    }

    /** The reader of multipart bodies hands on what it met as a cause. */
    private static <T> Optional<T> cause(Throwable problem, Class<T> type) {
        return Stream.iterate(problem, one -> one != null, Throwable::getCause)
                .limit(20)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
