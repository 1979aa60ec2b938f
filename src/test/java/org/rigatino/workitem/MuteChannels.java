package org.rigatino.workitem;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that takes subscriptions, opens channels (RFC 6455 4.2.2) and then neither reads nor writes there. */
final class MuteChannels implements AutoCloseable {
    private static final String KEY = "sec-websocket-key: ";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger opened = new AtomicInteger();
    private final List<Socket> channels = new CopyOnWriteArrayList<>();

    MuteChannels() throws IOException {
        Thread thread = new Thread(this::serve, "mute channels");
        thread.setDaemon(true);
        thread.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/ups");
    }

    int opened() {
        return opened.get();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                answer(server.accept());
            } catch (Exception e) {
                // The test has ended, or sees that nothing was opened.
            }
        }
    }

    private void answer(Socket connection) throws Exception {
        channels.add(connection);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        String key = null;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith(KEY)) {
                key = line.substring(KEY.length());
            }
        }
        String answer = key == null
                ? "HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        if (key == null) {
            connection.close();
        } else {
            opened.incrementAndGet();
        }
    }

    private static String accept(String key) throws Exception {
        byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket channel : channels) {
            channel.close();
        }
    }
}
