package org.rigatino.dicomweb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.rigatino.ingest.InstanceFile;

/** STOW-RS requests as a sender makes them. */
final class Multipart {
    static final String BOUNDARY = "a-boundary";
    static final String TYPE = "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Multipart() {}

    static byte[] body(InstanceFile... files) throws IOException {
        byte[][] parts = new byte[files.length][];
        for (int i = 0; i < files.length; i++) {
            parts[i] = Files.readAllBytes(files[i].path());
        }
        return body(parts);
    }

    static byte[] body(byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(ascii("--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n"));
            body.writeBytes(part);
            body.writeBytes(ascii("\r\n"));
        }
        body.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
        return body.toByteArray();
    }

    static HttpResponse<String> post(URI uri, String type, byte[] body) throws IOException, InterruptedException {
        return post(uri, type, HttpRequest.BodyPublishers.ofByteArray(body));
    }

    static HttpResponse<String> post(URI uri, String type, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .header("Accept", "application/dicom+json")
                .POST(body)
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
