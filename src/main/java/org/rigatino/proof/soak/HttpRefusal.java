package org.rigatino.proof.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer to one HTTP request that the PACS never hears of. */
final class HttpRefusal {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final int MOST_HEAD = 64 * 1024;

    private HttpRefusal() {}

    /** The request is read whole, so that the client reads the answer instead of a reset. */
    static void answer(Socket client, int status) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < MOST_HEAD) {
            int read = in.read();
            if (read < 0) {
                return;
            }
            head.append((char) read);
        }
        Matcher length = LENGTH.matcher(head);
        in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
        String retry = status == 503 ? "Retry-After: 1\r\n" : "";
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + " Refused\r\n" + retry
                                + "Connection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
