package org.rigatino.embedded;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports that nobody listens on, for servers that cannot choose one themselves. None is given out twice on one
 * machine, by whatever process: a server may take its port much later than it was told of it.
 */
public final class Ports {
    /** Below the range that systems give to outgoing connections: one of those could take a port before its server. */
    private static final int FIRST = 23_000;

    private static final int END = 32_000;
    private static final int TRIES = 10_000;

    /** UDP's port of the same number, which no server here takes: the sign to other processes, until this one ends. */
    private static final List<DatagramSocket> GIVEN = new ArrayList<>();

    private Ports() {}

    /** Different from each other; free on every address when asked. */
    public static synchronized int[] free(int count) throws IOException {
        int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            ports[i] = free();
        }
        return ports;
    }

    private static int free() throws IOException {
        IOException last = null;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try {
                GIVEN.add(reserve(port));
                return port;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("no free port was found between " + FIRST + " and " + END, last);
    }

    private static DatagramSocket reserve(int port) throws IOException {
        DatagramSocket sign = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        try (ServerSocket probe = new ServerSocket(port)) {
            return sign;
        } catch (IOException e) {
            sign.close();
            throw e;
        }
    }
}
