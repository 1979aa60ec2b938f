package org.rigatino.dicom;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;

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
        HttpURLConnection connection = open(URI.create(node.root() + "/studies" + query), "application/dicom+json");
        try {
            if (connection.getResponseCode() == 204) {
                return MissingNode.getInstance();
            }
            demandSuccess(connection);
            byte[] bytes = new TimedInputStream(connection.getInputStream(), end).readNBytes(MAX_JSON + 1);
            if (bytes.length > MAX_JSON) {
                throw new DicomException("it answered with more than " + MAX_JSON + " bytes");
            }
            return list(bytes);
        } finally {
            connection.disconnect();
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
     * @throws DicomException where not all of them came; those before that have been handled
     */
    public int retrieve(
            String studyInstanceUid, int maxInstances, Duration limit, MultipartRelated.PartHandler instances)
            throws DicomException {
        try {
            HttpURLConnection connection = open(
                    node.study(studyInstanceUid), "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
            try {
                demandSuccess(connection);
                InputStream body =
                        new TimedInputStream(connection.getInputStream(), System.nanoTime() + limit.toNanos());
                return MultipartRelated.of(connection.getContentType(), body, maxInstances)
                        .forEach(instances);
            } finally {
                connection.disconnect();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw failure(e);
        }
    }

    private HttpURLConnection open(URI uri, String accept) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) node.connectTimeout().toMillis());
        connection.setReadTimeout((int) node.idleTimeout().toMillis());
        connection.setRequestProperty("Accept", accept);
        if (node.authorization() != null) {
            connection.setRequestProperty("Authorization", node.authorization());
        }
        if (node.tls() != null && connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(node.tls().getSocketFactory());
        }
        return connection;
    }

    private static void demandSuccess(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status / 100 == 3) {
            throw new DicomException("it answered " + status + ", a redirect, and none is followed");
        }
        if (status != 200) {
            throw new DicomException("it answered " + status);
        }
    }

    /** Names the node, and nothing that it sent. */
    private DicomException failure(Exception e) {
        String reason = isTimeout(e)
                ? "it was silent for too long"
                : e instanceof DicomException || e instanceof IllegalArgumentException
                        ? e.getMessage()
                        : e instanceof java.net.ConnectException
                                ? "it cannot be reached"
                                : e instanceof IOException io ? MultipartRelated.describe(io) : e.getMessage();
        return new DicomException("DICOMweb source " + node + ": " + reason, e);
    }

    /** The reader of multipart bodies hands on what it met as a cause. */
    private static boolean isTimeout(Throwable e) {
        return e != null && (e instanceof SocketTimeoutException || isTimeout(e.getCause()));
    }

    /** Ends where the whole takes too long, which no time-out of a single read would notice. */
    private static final class TimedInputStream extends FilterInputStream {
        private final long end;

        /** @param end of {@link System#nanoTime} */
        TimedInputStream(InputStream in, long end) {
            super(in);
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            check();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            check();
            return super.read(bytes, offset, length);
        }

        private void check() throws DicomException {
            if (System.nanoTime() - end > 0) {
                throw new DicomException("its answer had not come to its end within the time limit");
            }
        }
    }
}
