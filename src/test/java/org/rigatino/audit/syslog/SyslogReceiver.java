package org.rigatino.audit.syslog;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A syslog receiver of RFC 5425 that asks for a certificate and keeps what it reads. */
final class SyslogReceiver implements AutoCloseable {
    private final SSLServerSocket server;
    private final List<String> messages;
    private final Thread thread = new Thread(this::run, "syslog receiver");
    private volatile int refused;
    private volatile Duration perMessage = Duration.ZERO;

    /** @param messages SYSLOG-MSG of RFC 5424, where they are kept */
    SyslogReceiver(SSLContext tls, int port, List<String> messages) throws IOException {
        this.messages = messages;
        server = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections that ended before they were secure, or in the middle of a message. */
    int refused() {
        return refused;
    }

    /** Takes as long for each message from now on. */
    void slow(Duration each) {
        perMessage = each;
    }

    private void run() {
        while (!server.isClosed()) {
            try (SSLSocket peer = (SSLSocket) server.accept()) {
                peer.startHandshake();
                messages.addAll(frames(peer.getInputStream()));
            } catch (IOException e) {
                refused++;
            }
        }
    }

    /** MSG-LEN SP SYSLOG-MSG, one after the other, up to the peer's close_notify. */
    private List<String> frames(InputStream stream) throws IOException {
        List<String> frames = new ArrayList<>();
        DataInputStream in = new DataInputStream(stream);
        int length = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == ' ') {
                byte[] message = new byte[length];
                in.readFully(message);
                frames.add(new String(message, StandardCharsets.UTF_8));
                length = 0;
                LockSupport.parkNanos(perMessage.toNanos());
            } else if (next >= '0' && next <= '9') {
                length = length * 10 + next - '0';
            } else {
                throw new IOException("no MSG-LEN: " + next);
            }
        }
        return frames;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
