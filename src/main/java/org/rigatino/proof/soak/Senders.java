package org.rigatino.proof.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.rigatino.proof.demo.DicomFiles.DicomFile;
import org.rigatino.proof.demo.ServeProcess;
import org.rigatino.proof.demo.StoreScu;

/**
 * DCMTK's {@code storescu}, several at once, that send again what was not acknowledged, as modalities do. What its log
 * says was answered with success is what counts as acknowledged.
 */
final class Senders {
    private static final int PARALLEL = 3;
    private static final long LATE_SECONDS = 6;
    private static final long PAUSE_MILLIS = 1500;
    private static final int MOST_ATTEMPTS = 200;

    private final Path folder;
    private final int port;
    private final Consumer<Fault> counted;
    private final Set<Path> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<String> failures = new ArrayList<>();
    private final AtomicInteger sendings = new AtomicInteger();
    private final ExecutorService plain = Executors.newFixedThreadPool(PARALLEL);
    private final ExecutorService extra = Executors.newCachedThreadPool();

    /** @param counted is told of each way of sending that was used */
    Senders(Path folder, int port, Consumer<Fault> counted) {
        this.folder = folder;
        this.port = port;
        this.counted = counted;
    }

    /** @param over how long they are spread, evenly */
    void start(List<SoakStudy> studies, Duration over) {
        long start = System.nanoTime();
        for (int number = 0; number < studies.size(); number++) {
            SoakStudy study = studies.get(number);
            long due = over.toNanos() * number / studies.size();
            plain.execute(() -> {
                pause(Math.max(0, TimeUnit.NANOSECONDS.toMillis(start + due - System.nanoTime())));
                noting(() -> send(study));
            });
        }
        plain.shutdown();
    }

    boolean done() {
        return plain.isTerminated();
    }

    /** Waits for those that are under way; those that are then are among the failures. */
    void await(Duration limit) throws InterruptedException {
        end(plain, limit);
        end(extra, limit);
    }

    private void end(ExecutorService senders, Duration limit) throws InterruptedException {
        senders.shutdown();
        if (!senders.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            note("senders were not done after " + limit.toSeconds() + " s: not everything was sent");
        }
    }

    /** Files that were answered with success. */
    Set<Path> acknowledged() {
        return acknowledged;
    }

    /** What could not be sent after many attempts. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    private void send(SoakStudy study) {
        study.ways().forEach(counted);
        if (study.ways().contains(Fault.PARALLEL)) {
            extra.execute(() -> noting(() -> sendAll(study.files())));
        }
        if (study.ways().contains(Fault.LATE)) {
            int now = study.files().size() / 2;
            sendAll(study.files().subList(0, now));
            extra.execute(() -> {
                pause(TimeUnit.SECONDS.toMillis(LATE_SECONDS));
                noting(() -> sendAll(study.files().subList(now, study.files().size())));
            });
        } else {
            sendAll(study.files());
        }
        if (study.ways().contains(Fault.DUPLICATE)) {
            sendAll(study.files());
        }
    }

    private void sendAll(List<DicomFile> files) {
        List<DicomFile> left = new ArrayList<>(files);
        for (int attempt = 0; !left.isEmpty() && attempt < MOST_ATTEMPTS; attempt++) {
            Path workspace = folder.resolve("send-" + sendings.incrementAndGet());
            try {
                StoreScu.send(left, Deployment.senderAeTitle(), ServeProcess.AE_TITLE, port, workspace);
                Set<Path> taken = StoreScu.taken(workspace);
                left.removeIf(file -> taken.contains(file.path().toAbsolutePath()));
                acknowledged.addAll(taken);
            } catch (IOException e) {
                note(e.getMessage());
            }
            if (!left.isEmpty()) {
                pause(PAUSE_MILLIS);
            }
        }
        left.forEach(file -> note(file.path() + " was not taken in " + MOST_ATTEMPTS + " attempts"));
    }

    /** What ends a sender otherwise nobody would hear of. */
    private void noting(Runnable sending) {
        try {
            sending.run();
        } catch (RuntimeException e) {
            note("a sender ended: " + e);
        }
    }

    private synchronized void note(String failure) {
        failures.add(failure);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
