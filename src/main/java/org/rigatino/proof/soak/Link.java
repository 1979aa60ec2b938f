package org.rigatino.proof.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A TCP connection's way through this process, which can cut it, lose it, or make refusals of answers to C-STORE on it. */
final class Link implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    /** Implicit VR Little Endian: Command Field 8001H, C-STORE-RSP (PS3.7 9.3.1.2). */
    private static final byte[] C_STORE_RSP = {0, 0, 0, 1, 2, 0, 0, 0, 1, (byte) 0x80};

    /** Status 0000H. */
    private static final byte[] SUCCESS = {0, 0, 0, 9, 2, 0, 0, 0, 0, 0};

    /** Affected SOP Instance UID (0000,1000), its length in the four bytes behind. */
    private static final byte[] AFFECTED_SOP_INSTANCE = {0, 0, 0, 0x10};

    private final ServerSocket server;
    private final int target;
    private final Consumer<String> refused;
    private final AtomicInteger toCut = new AtomicInteger();
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger toChange = new AtomicInteger();
    private final AtomicInteger toRefuse = new AtomicInteger();
    private volatile int cutAfter;
    private volatile int status;

    private Link(ServerSocket server, int target, Consumer<String> refused) {
        this.server = server;
        this.target = target;
        this.refused = refused;
    }

    /**
     * Both ports on loopback.
     *
     * @param refused is told the SOP Instance UID before the client is told that it was refused: takes back what the
     *     target has stored
     */
    static Link start(int port, int target, Consumer<String> refused) throws IOException {
        Link link = new Link(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), target, refused);
        run("link-" + port, link::accept);
        return link;
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The next connections end after so many bytes from their client. */
    void cut(int connections, int bytes) {
        cutAfter = bytes;
        toCut.set(connections);
    }

    /** The next connections are closed at once. */
    void lose(int connections) {
        toLose.set(connections);
    }

    /** The next answers of success to C-STORE say something else. */
    void answer(int times, int newStatus) {
        status = newStatus;
        toChange.set(times);
    }

    /** The next connections are answered so by HTTP, and their target hears nothing of them. */
    void refuse(int connections, int httpStatus) {
        status = httpStatus;
        toRefuse.set(connections);
    }

    void heal() {
        toRefuse.set(0);
        toCut.set(0);
        toLose.set(0);
        toChange.set(0);
    }

    private static boolean take(AtomicInteger counter) {
        return counter.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (take(toLose)) {
                    client.close();
                } else {
                    run("link", () -> connect(client));
                }
            } catch (IOException e) {
                // The next one may come through.
            }
        }
    }

    private void connect(Socket client) {
        if (take(toRefuse)) {
            refuse(client);
            return;
        }
        long limit = take(toCut) ? cutAfter : Long.MAX_VALUE;
        try (client;
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), target)) {
            run("link-back", () -> pump(peer, client, Long.MAX_VALUE, true));
            pump(client, peer, limit, false);
        } catch (IOException e) {
            // Nobody is there: the client's connection ends, as it would without us.
        }
    }

    private void refuse(Socket client) {
        try (client) {
            HttpRefusal.answer(client, status);
        } catch (IOException e) {
            // The client has hung up.
        }
    }

    /** Ends both connections once the limit is reached, or one of them has ended. */
    private void pump(Socket from, Socket to, long limit, boolean answers) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            long left = limit;
            for (int count = in.read(buffer); count > 0 && left > 0; count = in.read(buffer)) {
                if (answers) {
                    change(buffer, count);
                }
                out.write(buffer, 0, (int) Math.min(count, left));
                left -= count;
            }
        } catch (IOException e) {
            // As if the wire had been cut.
        }
    }

    private void change(byte[] buffer, int count) {
        int at = find(buffer, count, SUCCESS);
        int uid = find(buffer, count, AFFECTED_SOP_INSTANCE);
        if (at >= 0 && uid >= 0 && find(buffer, count, C_STORE_RSP) >= 0 && take(toChange)) {
            refused.accept(new String(buffer, uid + 8, buffer[uid + 4], StandardCharsets.US_ASCII).trim());
            buffer[at + 8] = (byte) status;
            buffer[at + 9] = (byte) (status >> 8);
        }
    }

    private static int find(byte[] buffer, int count, byte[] wanted) {
        for (int at = 0; at + wanted.length <= count; at++) {
            int same = 0;
            while (same < wanted.length && buffer[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
