package org.rigatino.hl7.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.rigatino.Patience;

/** A sender on a plain socket, byte by byte as a test wants it. */
public final class MllpPeer implements AutoCloseable {
    private final Socket socket;

    public MllpPeer(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** @param socket connected, over TLS for instance */
    MllpPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) Patience.STEP.toMillis());
    }

    /** @return the answer */
    public String send(String message, Charset charset) throws IOException {
        write(framed(message.getBytes(charset)));
        return answer();
    }

    public String send(String message) throws IOException {
        return send(message, StandardCharsets.UTF_8);
    }

    public static byte[] framed(byte[] message) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(0x0B);
        framed.writeBytes(message);
        framed.write(0x1C);
        framed.write(0x0D);
        return framed.toByteArray();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void end() throws IOException {
        socket.shutdownOutput();
    }

    /** Without its frame; empty where the connection was closed instead. */
    String answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (read == 0x1C) {
                in.read();
                return answer.toString(StandardCharsets.UTF_8).substring(1);
            }
            answer.write(read);
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
