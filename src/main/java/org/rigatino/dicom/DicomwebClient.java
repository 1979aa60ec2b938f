package org.rigatino.dicom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;

/**
 * User of WADO-RS and QIDO-RS (PS3.18 10.4 and 10.6). Only the node's own root is ever asked: redirects are failures.
 * Safe for use by several threads.
 */
public final class DicomwebClient {
    private static final int MAX_JSON = 1 << 20;
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
            HttpURLConnection connection = open(URI.create(node.root() + "/studies" + query), "application/dicom+json");
            try {
                if (connection.getResponseCode() == 204) {
                    return 0;
                }
                demandSuccess(connection);
                return count(connection.getInputStream());
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private int count(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_JSON);
        JsonNode studies = new ObjectMapper().readTree(bytes);
        if (studies == null || studies.isEmpty()) {
            return 0;
        }
        JsonNode value = studies.path(0)
                .path(NUMBER_OF_STUDY_RELATED_INSTANCES)
                .path("Value")
                .path(0);
        if (!value.isNumber() && !value.isTextual()) {
            throw new DicomException("the answer holds no Number of Study Related Instances (0020,1208)");
        }
        return value.asInt();
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
                InputStream body = new TimedInputStream(connection.getInputStream(), limit);
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

        TimedInputStream(InputStream in, Duration limit) {
            super(in);
            end = System.nanoTime() + limit.toNanos();
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
                throw new DicomException("the study was not there within the time limit");
            }
        }
    }
}
