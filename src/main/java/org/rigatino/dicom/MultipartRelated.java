package org.rigatino.dicom;

import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;

/**
 * A body of type multipart/related (RFC 2387) with DICOM files as its parts, one part in memory never: PS3.18 8.6.1.2. A
 * body that ends before its last boundary throws, and so does the part that is read then.
 */
public final class MultipartRelated {
    /** RFC 2046 5.1.1 has 70; Orthanc makes 73. */
    private static final int MAX_BOUNDARY = 256;

    private static final int MAX_PART_HEADER = 8 * 1024;
    private static final int BUFFER = 64 * 1024;

    /** What is done with one part. */
    @FunctionalInterface
    public interface PartHandler {
        /** @param part read as far as is wanted; throws where the body ends within it */
        void take(InputStream part) throws IOException;
    }

    private final MultipartInput input;
    private final int maxParts;

    private MultipartRelated(MultipartInput input, int maxParts) {
        this.input = input;
        this.maxParts = maxParts;
    }

    /** @throws IllegalArgumentException where the type is not multipart/related of application/dicom with a boundary */
    public static MultipartRelated of(String contentType, InputStream body, int maxParts) throws IOException {
        String boundary = boundary(contentType);
        return new MultipartRelated(
                MultipartInput.builder()
                        .setInputStream(new DelimiterLines(body, boundary))
                        .setBufferSize(BUFFER)
                        .setBoundary(boundary.getBytes(StandardCharsets.US_ASCII))
                        .setMaxPartHeaderSize(MAX_PART_HEADER)
                        .get(),
                maxParts);
    }

    private static String boundary(String contentType) {
        if (contentType == null) {
            throw new IllegalArgumentException("the body has no Content-Type");
        }
        MediaType type = MediaType.valueOf(contentType);
        String root = type.getParameters().get("type");
        String boundary = type.getParameters().get("boundary");
        if (!type.getType().equalsIgnoreCase("multipart") || !type.getSubtype().equalsIgnoreCase("related")) {
            throw new IllegalArgumentException("the body is not multipart/related");
        }
        if (root != null && !root.toLowerCase(Locale.ROOT).startsWith("application/dicom")
                || root != null && root.contains("+")) {
            throw new IllegalArgumentException("parts of type application/dicom are taken, and no others");
        }
        if (boundary == null || boundary.isBlank() || boundary.length() > MAX_BOUNDARY) {
            throw new IllegalArgumentException(
                    "multipart/related needs a boundary of 1 to " + MAX_BOUNDARY + " characters (RFC 2046 5.1.1)");
        }
        return boundary;
    }

    /**
     * @return how many parts there were
     * @throws IOException where the body is malformed or ends early; parts before that have been handled
     */
    public int forEach(PartHandler handler) throws IOException {
        int parts = 0;
        boolean more = input.skipPreamble();
        while (more) {
            if (++parts > maxParts) {
                throw new LimitPassedException(
                        LimitPassedException.Limit.INSTANCES, "more than " + maxParts + " parts", null);
            }
            String headers = input.readHeaders();
            try (InputStream part = input.newInputStream()) {
                handler.take(isDicom(headers) ? part : new ByteArrayInputStream(new byte[0]));
            }
            more = input.readBoundary();
        }
        return parts;
    }

    /** Without a Content-Type the type parameter of the whole holds. */
    private static boolean isDicom(String headers) {
        // A field may go on in the next line (RFC 5322 2.2.3).
        for (String line : headers.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-type:")) {
                String type = lower.substring("content-type:".length()).strip();
                return type.equals("application/dicom") || type.startsWith("application/dicom;");
            }
        }
        return true;
    }

    /** Malformed as against cut off: both are the sender's, and neither names anything of a patient. */
    public static String describe(IOException e) {
        return e instanceof FileUploadException || e.getMessage() == null
                ? "the multipart body is malformed or ends early"
                : e.getMessage();
    }
}
