package org.rigatino.dicom;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Accepts associations: Verification SCP, Storage SCP, Instance Availability Notification SCP, Modality Performed Procedure Step SCP, and the
 * Storage Commitment reports of archives. One thread an
 * association, bounded by {@link ListenerRules#maxAssociations()}.
 */
public final class DicomListener implements AutoCloseable {
    static final Logger LOG = Logger.getLogger(DicomListener.class);

    private static final int BACKLOG = 512;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final ServerSocket server;
    private final AssociationAcceptor acceptor;
    private final ServiceProvider services;
    private final Admission admission;
    private final ThreadPoolExecutor threads;
    private final Thread accepting;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private long lastTold = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
    private int turnedAway;

    private DicomListener(ServerSocket server, ListenerRules rules, ServiceProvider services, AddedSenders senders) {
        this.server = server;
        this.services = services;
        this.acceptor = new AssociationAcceptor(rules, services.commitments(), senders);
        this.admission = new Admission(rules);
        this.threads = new ThreadPoolExecutor(
                0,
                rules.maxAssociations() + Admission.IN_NEGOTIATION,
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                task -> new Thread(task, "dicom-association"));
        this.accepting = new Thread(this::listen, "dicom-listener");
    }

    /** Binds and accepts. */
    public static DicomListener start(
            ListenerRules rules,
            StoreHandler stores,
            CommitmentHandler commitments,
            AvailabilityHandler availabilities,
            PerformedStepHandler steps)
            throws IOException {
        return start(rules, stores, commitments, availabilities, steps, AddedSenders.NONE);
    }

    /** @param senders besides those of the rules */
    public static DicomListener start(
            ListenerRules rules,
            StoreHandler stores,
            CommitmentHandler commitments,
            AvailabilityHandler availabilities,
            PerformedStepHandler steps,
            AddedSenders senders)
            throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(rules.address(), rules.port()), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "cannot listen on " + rules.address().getHostAddress() + ":" + rules.port() + ": " + e.getMessage(),
                    e);
        }
        return start(server, rules, new ServiceProvider(stores, commitments, availabilities, steps), senders);
    }

    /** @param server bound */
    static DicomListener start(ServerSocket server, ListenerRules rules, ServiceProvider services) {
        return start(server, rules, services, AddedSenders.NONE);
    }

    private static DicomListener start(
            ServerSocket server, ListenerRules rules, ServiceProvider services, AddedSenders senders) {
        DicomListener listener = new DicomListener(server, rules, services, senders);
        listener.accepting.start();
        return listener;
    }

    /** The port bound to, also where the rules asked for port 0. */
    public int port() {
        return server.getLocalPort();
    }

    /** Whether associations are accepted: a bound socket takes connections that nobody answers. */
    public boolean isListening() {
        return !server.isClosed() && accepting.isAlive();
    }

    /** Associations in use now. */
    public int associations() {
        return admission.associations();
    }

    /**
     * Whatever is thrown: where descriptors, threads or memory are out, connections wait in the backlog until there are some
     * again. Pauses, up to a second, keep that from taking the processor.
     */
    private void listen() {
        long pause = 0;
        while (!server.isClosed()) {
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
                take(server.accept());
                pause = 0;
            } catch (InterruptedException e) {
                LOG.errorf("nothing interrupts the listener but its end");
            } catch (Throwable e) {
                pause = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, 2 * pause));
                if (!server.isClosed()) {
                    LOG.errorf("cannot accept a connection, next attempt in %d ms: %s", pause, e);
                }
            }
        }
    }

    private void take(Socket socket) throws IOException {
        InetAddress peer = socket.getInetAddress();
        if (!admission.connect(peer)) {
            tooMany(socket, "its address has too many already");
            return;
        }
        connections.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            forget(socket);
            tooMany(socket, "there are too many in all");
        } catch (Throwable e) {
            forget(socket);
            socket.close();
            throw e;
        }
    }

    private void forget(Socket socket) {
        connections.remove(socket);
        admission.disconnect(socket.getInetAddress());
    }

    /** Told of once a second: who opens connections by the thousand shall not fill the log with them. */
    private void tooMany(Socket socket, String reason) throws IOException {
        turnedAway++;
        if (System.nanoTime() - lastTold > TimeUnit.SECONDS.toNanos(1)) {
            LOG.warnf(
                    "connection from %s closed: %s (%d closed so since this was last told)",
                    socket.getInetAddress().getHostAddress(), reason, turnedAway);
            lastTold = System.nanoTime();
            turnedAway = 0;
        }
        socket.close();
    }

    private void serve(Socket socket) {
        InetAddress peer = socket.getInetAddress();
        Admission.Place place = admission.place(peer);
        try (socket;
                place) {
            Optional<AssociationAcceptor.Accepted> accepted = acceptor.accept(socket, place::take);
            if (accepted.isPresent()) {
                accepted.get().association().onEnd(place::close);
                services.serve(accepted.get());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("association with %s ended: %s", peer.getHostAddress(), e.getMessage());
        } catch (Error e) {
            LOG.errorf(e, "association with %s ended", peer.getHostAddress());
        } finally {
            forget(socket);
        }
    }

    /**
     * Stops accepting, and lets those that are associated come to their end.
     *
     * @param limit associations that go on for longer are cut off; their senders repeat what was not answered
     */
    public void drain(Duration limit) throws IOException {
        server.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("%d associations go on after %s and are cut off", associations(), limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Stops accepting, closes every association, and waits until their handlers have ended. */
    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdown();
        for (Socket socket : connections) {
            socket.close();
        }
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.error("associations are still being served 30 s after the listener was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
