package org.rigatino.proof.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.rigatino.proof.soak.Evidence.Failed;
import org.rigatino.proof.soak.SoakAudit.Expected;
import org.rigatino.proof.soak.SoakAudit.Sent;
import org.rigatino.proof.soak.SoakAudit.Verdict;

/** Sending and breaking at once, then quiet, replay of what failed meanwhile, and the audit. */
final class SoakRun {
    /** @param acknowledged instances */
    record Result(int acknowledged, int faults, Verdict verdict) {}

    private static final Duration SENDING = Duration.ofMinutes(30);
    private static final int MOST_REPLAYS = 3;
    private static final Set<String> AFTER_JUDGEMENT = Set.of("deliver", "confirm");

    private final Deployment deployment;
    private final List<SoakStudy> studies;
    private final Saboteur saboteur;
    private final Senders senders;
    private final Evidence evidence;
    private final Consumer<String> say;
    private final AtomicInteger faults = new AtomicInteger();

    SoakRun(
            Deployment deployment,
            List<SoakStudy> studies,
            Set<Fault> chosen,
            long seed,
            Path sending,
            Consumer<String> say) {
        this.deployment = deployment;
        this.studies = studies;
        this.saboteur = new Saboteur(deployment, chosen, seed);
        this.senders = new Senders(sending, deployment.dicomPort(), this::count);
        this.evidence = new Evidence(deployment);
        this.say = say;
    }

    private void count(Fault fault) {
        faults.incrementAndGet();
        say.accept("fault: " + fault);
    }

    Result run(Duration atLeast, Duration limit) throws IOException, InterruptedException {
        long start = System.nanoTime();
        senders.start(studies, atLeast);
        for (int number = 0; saboteur.kinds() > 0 && goesOn(number, start, atLeast); number++) {
            saboteur.rest();
            count(saboteur.inflict());
        }
        saboteur.heal();
        senders.await(atLeast.plus(SENDING));
        say.accept("soak: all is sent; waiting for outcomes");
        List<String> stuck = settle(limit);
        Verdict verdict = audit();
        verdict.stuck().addAll(stuck);
        verdict.stuck().addAll(senders.failures());
        return new Result(acknowledged().size(), faults.get(), verdict);
    }

    private boolean goesOn(int number, long start, Duration atLeast) {
        return number < saboteur.kinds() || !senders.done() || System.nanoTime() - start < atLeast.toNanos();
    }

    /** Failures that faults brought about are recorded ones: once the cause is gone a replay mends them. */
    private List<String> settle(Duration limit) throws IOException, InterruptedException {
        for (int replay = 0; ; replay++) {
            List<String> open = awaitOutcomes(limit);
            List<Failed> failed = evidence.failed();
            if (!open.isEmpty() || failed.isEmpty()) {
                return open;
            }
            if (replay == MOST_REPLAYS) {
                return unexpected(failed);
            }
            for (Failed study : failed) {
                say.accept("replay: " + study.studyUid() + " had failed at " + study.stage() + ": " + study.cause());
                deployment.listener().apiPost("/studies/" + study.studyUid() + "/replay");
            }
        }
    }

    /** A real file may be one that cannot be read; what was judged is to be delivered. */
    private List<String> unexpected(List<Failed> failed) {
        Set<String> real = studies.stream()
                .flatMap(study -> study.instances().stream())
                .filter(instance -> instance.expected() == Expected.EITHER)
                .map(Sent::studyUid)
                .collect(Collectors.toSet());
        return failed.stream()
                .filter(study -> !real.contains(study.studyUid()) || AFTER_JUDGEMENT.contains(study.stage()))
                .map(study -> "study " + study.studyUid() + " failed at " + study.stage() + " after " + MOST_REPLAYS
                        + " replays without faults: " + study.cause())
                .toList();
    }

    /** The audit will name what is still open. */
    private List<String> awaitOutcomes(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (evidence.revisions().stream()
                .anyMatch(revision -> !List.of("CONFIRMED", "REFUSED", "FAILED").contains(revision.state()))) {
            if (System.nanoTime() > end) {
                return List.of("not every study has an outcome after " + limit.toSeconds() + " s without faults");
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return List.of();
    }

    private Set<String> acknowledged() {
        Set<String> uids = new HashSet<>();
        for (SoakStudy study : studies) {
            for (int i = 0; i < study.files().size(); i++) {
                if (senders.acknowledged().contains(study.files().get(i).path().toAbsolutePath())) {
                    uids.add(study.instances().get(i).sopInstanceUid());
                }
            }
        }
        return uids;
    }

    private Verdict audit() throws IOException {
        List<Sent> sent = new ArrayList<>();
        studies.forEach(study -> sent.addAll(study.instances()));
        return SoakAudit.of(sent, acknowledged(), evidence.rows(), evidence.overlays(), evidence.revisions());
    }
}
