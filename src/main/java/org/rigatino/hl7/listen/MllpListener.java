package org.rigatino.hl7.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.rigatino.dicom.Deadline;

/** Accepts connections of HL7 senders, a thread each, and answers their messages one after the other. */
final class MllpListener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MllpListener.class);
    private static final int BACKLOG = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final ServerSocket server;
    private final MllpRules rules;
    private final MessageHandler handler;
    private final ThreadPoolExecutor threads;
    private final Thread accepting;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Integer> ofPeers = new HashMap<>();
    private final OnceASecond warnings = new OnceASecond(LOG);

    private MllpListener(ServerSocket server, MllpRules rules, MessageHandler handler) {
        this.server = server;
        this.rules = rules;
        this.handler = handler;
        this.threads = new ThreadPoolExecutor(
                0,
                rules.mostConnections(),
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                task -> new Thread(task, "hl7-connection"));
        this.accepting = new Thread(this::listen, "hl7-listener");
    }

    static MllpListener start(MllpRules rules, MessageHandler handler) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(rules.address(), rules.port()), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "cannot listen for HL7 on " + rules.address().getHostAddress() + ":" + rules.port() + " ("
                            + MllpRules.PREFIX + "port): " + e.getMessage(),
                    e);
        }
        MllpListener listener = new MllpListener(server, rules, handler);
        listener.accepting.start();
        return listener;
    }

    int port() {
        return server.getLocalPort();
    }

    boolean isListening() {
        return !server.isClosed() && accepting.isAlive();
    }

    /** Whatever is thrown, as where descriptors, threads or memory are out: pauses keep that from taking the processor. */
    private void listen() {
        long pause = 0;
        while (!server.isClosed()) {
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
                take(server.accept());
                pause = 0;
            } catch (Throwable e) {
                pause = Math.min(LONGEST_PAUSE_MILLIS, Math.max(50, 2 * pause));
                if (!server.isClosed()) {
                    LOG.errorf("cannot accept an HL7 connection, next attempt in %d ms: %s", pause, e);
                }
            }
        }
    }

    private void take(Socket socket) throws IOException {
        InetAddress peer = socket.getInetAddress();
        if (!rules.isServed(peer)) {
            turnAway(socket, "its address is not in " + MllpRules.PREFIX + "remote-addresses");
            return;
        }
        if (!enter(peer)) {
            turnAway(socket, "its address has too many already");
            return;
        }
        connections.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            forget(socket);
            turnAway(socket, "there are " + MllpRules.PREFIX + "max-connections already");
        } catch (Throwable e) {
            forget(socket);
            socket.close();
            throw e;
        }
    }

    private synchronized boolean enter(InetAddress peer) {
        int there = ofPeers.getOrDefault(peer, 0);
        if (there < rules.mostConnectionsOfPeer()) {
            ofPeers.put(peer, there + 1);
        }
        return there < rules.mostConnectionsOfPeer();
    }

    private synchronized void forget(Socket socket) {
        connections.remove(socket);
        ofPeers.computeIfPresent(socket.getInetAddress(), (peer, there) -> there == 1 ? null : there - 1);
    }

    private void turnAway(Socket socket, String reason) throws IOException {
        warnings.warn("HL7 connection from " + socket.getInetAddress().getHostAddress() + " closed: " + reason);
        socket.close();
    }

    private void serve(Socket plain) {
        String peer = plain.getInetAddress().getHostAddress();
        try (plain) {
            Socket socket = rules.tls().isPresent() ? rules.tls().get().accept(plain, rules.limit()) : plain;
            try {
                answerAll(new MllpConnection(plain, socket, rules.idle(), rules.limit(), rules.mostBytes()), peer);
            } finally {
                close(plain, socket);
            }
        } catch (Exception e) {
            if (!server.isClosed()) {
                warnings.warn("HL7 connection with " + peer + " ended: " + e.getMessage());
            }
        } catch (Error e) {
            LOG.errorf(e, "HL7 connection with %s ended", peer);
        } finally {
            forget(plain);
        }
    }

    /** Within a time: TLS tells the peer, who need not listen. */
    private void close(Socket plain, Socket socket) throws IOException {
        try (Deadline deadline = Deadline.of(plain, rules.limit())) {
            socket.close();
        }
    }

    private void answerAll(MllpConnection connection, String peer) throws IOException {
        MllpConnection.Received received = connection.next();
        while (received != null) {
            connection.answer(handler.answer(received.bytes(), received.whole(), peer));
            if (!received.whole()) {
                connection.end();
                throw new IOException("a message is longer than " + MllpRules.PREFIX + "max-message");
            }
            received = server.isClosed() ? null : connection.next();
        }
    }

    /** Stops accepting, lets messages that are being recorded be answered, and closes the connections. */
    void drain(Duration limit) throws IOException {
        server.close();
        threads.shutdown();
        for (Socket socket : connections) {
            socket.shutdownInput();
        }
        try {
            threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdown();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
