package org.rigatino.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.rigatino.Patience;

/** A listener on a free port that keeps every dataset, by SOP Instance UID, and every commitment report. */
final class Listening implements AutoCloseable {
    static final String AE_TITLE = "RIGATINO";

    final Map<String, Path> received = new ConcurrentHashMap<>();
    final List<StoreRequest> requests = new CopyOnWriteArrayList<>();
    final BlockingQueue<StorageCommitmentResult> reports = new LinkedBlockingQueue<>();
    final List<InstanceAvailability> available = new CopyOnWriteArrayList<>();
    final Map<String, PerformedStep> performed = new ConcurrentHashMap<>();
    /** What is answered to steps. */
    volatile OperationStatus stepStatus = OperationStatus.SUCCESS;

    private final AtomicInteger count = new AtomicInteger();
    private final Path folder;
    private final DicomListener listener;

    Listening(Path folder) throws IOException {
        this(folder, rules(Set.of(), 10, Patience.STEP));
    }

    Listening(Path folder, ListenerRules rules) throws IOException {
        this.folder = folder;
        this.listener = DicomListener.start(
                rules,
                this::keep,
                (caller, report) -> reports.add(report),
                (caller, told) -> available.add(told),
                (operation, caller, uid, step) -> performed(operation + " " + caller + " " + uid, step));
    }

    static ListenerRules rules(Set<String> callers, int maxAssociations, Duration idleTimeout) {
        return new ListenerRules(
                InetAddress.getLoopbackAddress(), 0, AE_TITLE, callers, Set.of(), maxAssociations, idleTimeout);
    }

    private StoreStatus keep(StoreRequest request, InputStream dataset) {
        Path file = folder.resolve("received-" + count.incrementAndGet());
        try {
            Files.copy(dataset, file);
        } catch (IOException e) {
            return StoreStatus.OUT_OF_RESOURCES;
        }
        requests.add(request);
        received.put(request.sopInstanceUid(), file);
        return StoreStatus.SUCCESS;
    }

    private OperationStatus performed(String what, PerformedStep step) {
        performed.put(what, step);
        return stepStatus;
    }

    DicomListener listener() {
        return listener;
    }

    int port() {
        return listener.port();
    }

    RemoteNode node() {
        return node(port(), AE_TITLE);
    }

    static RemoteNode node(int port, String calledAeTitle) {
        return new RemoteNode("127.0.0.1", port, calledAeTitle, "SENDER", Patience.STEP, Patience.STEP);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
