package org.rigatino.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.rigatino.finding.NormalStudiesInForce;
import org.rigatino.release.Presence;
import org.rigatino.release.Presence.Held;
import org.rigatino.release.Standings;
import org.rigatino.restore.AbsentRelease;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.PyTorch;
import org.rigatino.restore.ReleasesAtHand;
import org.rigatino.restore.Restorer;
import org.rigatino.restore.WarmModels;

/** What this worker has of the releases, opens of them and lacks, told to all who share the record. */
@ApplicationScoped
class HeldReleases {
    private static final Logger LOG = Logger.getLogger(HeldReleases.class);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KIBI = 1024;

    @Inject
    ReleasesAtHand atHand;

    @Inject
    Standings standings;

    @Inject
    Presence presence;

    @Inject
    NormalStudiesInForce inForce;

    private final Map<String, Held> opened = new ConcurrentHashMap<>();
    private volatile List<AbsentRelease> absent = List.of();

    /**
     * Opens a release, where it is not warm, and notes what that took. Nothing of a patient is near, nor in what it may throw.
     *
     * @throws RuntimeException of {@link Restorer#open}, noted too
     */
    Restorer open(WarmModels models, ModelRelease release) {
        Held before = opened.get(release.digest());
        if (before != null && before.problem() == null) {
            return models.restorer(release);
        }
        try {
            inForce.of(release);
        } catch (IllegalArgumentException e) {
            note(new Held(release.digest(), e.getMessage(), null));
            throw e;
        }
        try {
            // What the engine takes is nobody's.
            PyTorch.engine();
            Long resident = resident();
            Restorer restorer = models.restorer(release);
            note(new Held(release.digest(), null, grown(resident)));
            return restorer;
        } catch (RuntimeException | Error e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            note(new Held(release.digest(), "cannot open it: " + why, null));
            throw e;
        }
    }

    /** Told at once: whoever promotes waits for it. */
    private void note(Held held) {
        opened.put(held.digest(), held);
        try {
            presence.tell(List.of(held));
        } catch (RuntimeException e) {
            LOG.debugf("what became of a release is told later: %s", e.getMessage());
        }
    }

    /** Whether nobody has tried to open it here. */
    boolean untried(ModelRelease release) {
        return !opened.containsKey(release.digest());
    }

    /** It is not tried again here. */
    void gaveUp(ModelRelease release, String why) {
        opened.put(release.digest(), new Held(release.digest(), "gave up in shadow: " + why, null));
    }

    private static Long grown(Long before) {
        Long after = resident();
        return before == null || after == null ? null : (Long) Math.max(0, after - before);
    }

    /** Null where the system does not say. */
    private static Long resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** Those that serve by the record, as of late, and are not here. */
    List<AbsentRelease> absent() {
        return absent;
    }

    @Scheduled(
            every = Presence.EVERY,
            skipExecutionIf = WorkerStart.class,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tell() {
        try {
            presence.tell(atHand.all().stream()
                    .map(release -> opened.getOrDefault(release.digest(), Held.unopened(release.digest())))
                    .toList());
            standings.note();
            absent = standings.serving().absent();
        } catch (IOException | RuntimeException e) {
            LOG.debugf("which releases are here is not told: %s", e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        try {
            presence.leave();
        } catch (RuntimeException e) {
            LOG.debugf("that this worker ends is not told: %s", e.getMessage());
        }
    }
}
