package org.rigatino.hl7.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.rigatino.dicom.Deadline;

/**
 * Messages framed by MLLP, release 1 (HL7 2.5.1 appendix C): VT, message, FS, CR. Every wait ends: a peer that says nothing, drips
 * bytes or does not take its answer is cut off.
 */
final class MllpConnection {
    private static final int VT = 0x0B;
    private static final int FS = 0x1C;
    private static final int CR = 0x0D;
    private static final int LF = 0x0A;
    private static final int BUFFER = 8192;

    /** As many times the longest message are taken of one that is longer. */
    private static final long DRAINED = 16;

    private final Socket plain;
    private final Socket socket;
    private final InputStream in;
    private final Duration idle;
    private final Duration limit;
    private final int most;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    /** @param whole whether it came to its end; else it is longer than it may be */
    record Received(byte[] bytes, boolean whole) {}

    /**
     * @param plain closed where time is over: to close TLS would wait for the peer once more
     * @param socket over it
     */
    MllpConnection(Socket plain, Socket socket, Duration idle, Duration limit, int most) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.idle = idle;
        this.limit = limit;
        this.most = most;
    }

    /**
     * Waits for the next message.
     *
     * @return null where the peer has closed the connection between two messages, or said nothing for long
     * @throws IOException where what comes is no frame, ends within one, or takes too long
     */
    Received next() throws IOException {
        if (!begins()) {
            return null;
        }
        Deadline deadline = Deadline.of(plain, limit);
        try (deadline) {
            return message();
        } catch (IOException e) {
            throw deadline.hasPassed()
                    ? new IOException(
                            "a message was not whole within " + limit + " (rigatino.hl7.listen.message-timeout)")
                    : e;
        }
    }

    private boolean begins() throws IOException {
        Deadline deadline = Deadline.of(plain, idle);
        try (deadline) {
            int read = read();
            while (read == CR || read == LF) {
                read = read();
            }
            if (read >= 0 && read != VT) {
                throw new IOException("what came is no MLLP: a message begins with 0BH");
            }
            return read == VT;
        } catch (IOException e) {
            if (deadline.hasPassed()) {
                return false;
            }
            throw e;
        }
    }

    private Received message() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
        for (int read = read(); read != FS; read = read()) {
            if (read < 0) {
                throw new IOException("the connection ended within a message");
            }
            if (bytes.size() >= most) {
                return new Received(bytes.toByteArray(), false);
            }
            bytes.write(read);
        }
        if (read() != CR) {
            throw new IOException("a message ended without 0DH behind 1CH");
        }
        return new Received(bytes.toByteArray(), true);
    }

    /**
     * Says that nothing more is answered, and takes what still comes, for a while: TCP takes an answer from a peer whose bytes are not
     * read.
     */
    void end() throws IOException {
        Deadline deadline = Deadline.of(plain, limit);
        try (deadline) {
            socket.shutdownOutput();
            long taken = 0;
            for (int count = 0; count >= 0 && taken < DRAINED * most; count = in.read(buffer)) {
                taken += count;
            }
        } catch (IOException e) {
            if (!deadline.hasPassed()) {
                throw e;
            }
        }
    }

    private int read() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at == end ? -1 : buffer[at++] & 0xFF;
    }

    void answer(byte[] message) throws IOException {
        byte[] framed = new byte[message.length + 3];
        framed[0] = VT;
        System.arraycopy(message, 0, framed, 1, message.length);
        framed[message.length + 1] = FS;
        framed[message.length + 2] = CR;
        Deadline deadline = Deadline.of(plain, limit);
        try (deadline) {
            OutputStream out = socket.getOutputStream();
            out.write(framed);
            out.flush();
        } catch (IOException e) {
            throw deadline.hasPassed()
                    ? new IOException(
                            "an answer was not taken within " + limit + " (rigatino.hl7.listen.message-timeout)")
                    : e;
        }
    }
}
