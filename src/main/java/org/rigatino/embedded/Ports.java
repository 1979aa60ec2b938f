package org.rigatino.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports that nobody listens on, for servers that cannot choose one themselves. */
public final class Ports {
    /** Below the range that systems give to outgoing connections: one of those could take a port before its server. */
    private static final int FIRST = 20_000;

    private static final int END = 32_000;
    private static final int TRIES = 1000;

    private Ports() {}

    /** Different from each other; free on every address when asked. */
    public static int[] free(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(bind());
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static ServerSocket bind() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try {
                return new ServerSocket(port);
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw new IOException("no free port was found between " + FIRST + " and " + END, e);
                }
            }
        }
    }
}
