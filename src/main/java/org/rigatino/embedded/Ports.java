package org.rigatino.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports that nobody listens on, for servers that cannot choose one themselves. None is given out twice by one
 * process: a server may take its port much later than it was told of it.
 */
public final class Ports {
    /** System property: the first of {@value #OWN_COUNT} ports that no other process takes from, for tests side by side. */
    static final String OWN_FIRST = "rigatino.ports.first";

    private static final int OWN_COUNT = 1000;
    /** Below the range that systems give to outgoing connections: one of those could take a port before its server. */
    private static final int FIRST = 23_000;

    private static final int END = 32_000;
    private static final int TRIES = 10_000;

    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    /** Different from each other; free on every address when asked. */
    public static synchronized int[] free(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(bind());
            }
            int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            sockets.forEach(socket -> GIVEN.add(socket.getLocalPort()));
            return ports;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static ServerSocket bind() throws IOException {
        Integer own = Integer.getInteger(OWN_FIRST);
        int first = own == null ? FIRST : own;
        int end = own == null ? END : own + OWN_COUNT;
        IOException last = null;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(first, end);
            try {
                if (!GIVEN.contains(port)) {
                    return new ServerSocket(port);
                }
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("no free port was found between " + first + " and " + end, last);
    }
}
