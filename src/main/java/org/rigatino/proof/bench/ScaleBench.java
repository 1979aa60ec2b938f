package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rigatino.proof.demo.ServeProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rigatino bench scale}. */
@Command(
        name = "scale",
        description =
                "Times worker processes side by side whose restorer only waits, the stand-in for a GPU, and checks"
                        + " that each study is restored once, also when a worker is killed and another comes.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ScaleBench extends WorkingBench {
    private static final int SIDE = 64;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String DONE = "('RESTORED', 'DELIVERING', 'DELIVERED', 'CONFIRMED')";

    @Option(names = "--workers", split = ",", defaultValue = "1,2,4,8", description = "processes, step by step")
    private List<Integer> steps;

    @Option(names = "--studies", defaultValue = "8", description = "studies for each worker")
    private int studies;

    @Option(names = "--partitions", defaultValue = "8", description = "of the topic; a multiple of each step")
    private int partitions;

    @Option(names = "--images", defaultValue = "16", description = "images of a study, 64x64")
    private int images;

    @Option(names = "--milliseconds", defaultValue = "200", description = "that the restorer waits for each image")
    private int milliseconds;

    private int round;

    @Override
    void check() throws IOException {
        if (studies < 1 || images < 1 || milliseconds < 1 || steps.stream().anyMatch(step -> step < 1)) {
            throw new IOException("--workers, --studies, --images and --milliseconds are at least 1");
        }
        if (steps.stream().anyMatch(step -> partitions % step != 0 || step * studies % partitions != 0)) {
            throw new IOException("--partitions is " + partitions + ": each of --workers divides it, and it divides"
                    + " each of them times --studies, so that all partitions have as much to do");
        }
    }

    @Override
    boolean measure(Path folder) throws IOException {
        StandIn.write(folder.resolve("models"), milliseconds, 0);
        try (Cluster cluster = Cluster.start(folder, partitions)) {
            line(
                    "%d studies a worker, %d images each; a restorer that waits %d ms an image stands in for a GPU",
                    studies, images, milliseconds);
            List<Double> rates = new ArrayList<>();
            for (int step : steps) {
                cluster.scaleTo(step);
                // Code is compiled by studies that do not count.
                restore(cluster, folder, partitions);
                rates.add(rate(cluster, restore(cluster, folder, step * studies)));
                line("%d workers %8.1f images/s", step, rates.get(rates.size() - 1));
            }
            int most = steps.get(steps.size() - 1);
            rebalance(cluster, folder, most);
            double efficiency = rates.get(rates.size() - 1) * steps.get(0) / (rates.get(0) * most);
            line(
                    "bench scale: %s workers, %s images/s, efficiency %.2f",
                    steps.stream().map(String::valueOf).collect(Collectors.joining(" ")),
                    rates.stream()
                            .map(rate -> String.format(Locale.ROOT, "%.1f", rate))
                            .collect(Collectors.joining(" ")),
                    efficiency);
            return true;
        }
    }

    private List<String> restore(Cluster cluster, Path folder, int count) throws IOException {
        List<String> uids = send(cluster, folder, count);
        makeReady(cluster, uids);
        awaitAll(cluster, uids);
        return uids;
    }

    /** One worker is killed while it works, and another takes its place. */
    private void rebalance(Cluster cluster, Path folder, int workers) throws IOException {
        List<String> uids = send(cluster, folder, workers * studies);
        makeReady(cluster, uids);
        cluster.listener().process().until("at work", LIMIT, () -> count(cluster, "state in " + DONE, uids) >= workers);
        cluster.killOne();
        cluster.scaleTo(workers);
        awaitAll(cluster, uids);
        line("one of %d workers killed at work, another started: %d studies, each restored once", workers, uids.size());
    }

    /** As many studies for each partition: what chance does to a few studies is not what is measured. */
    private List<String> send(Cluster cluster, Path folder, int count) throws IOException {
        round++;
        int[] left = new int[partitions];
        java.util.Arrays.fill(left, count / partitions);
        List<String> uids = new ArrayList<>();
        Path input = folder.resolve("input-" + round);
        List<Path> senders = List.of(input.resolve("1"), input.resolve("2"));
        for (int number = 1; uids.size() < count; number++) {
            MrStudy study = new MrStudy("scale-" + round + "-" + number, SIDE);
            if (left[cluster.partition(study.uid())]-- > 0) {
                Path sender = senders.get(uids.size() % senders.size());
                study.write(sender.resolve(Integer.toString(number)), images);
                uids.add(study.uid());
            }
        }
        DcmSend.send(
                senders.stream().filter(Files::exists).toList(),
                ServeProcess.AE_TITLE,
                cluster.listener().dicomPort());
        return uids;
    }

    /** Ends the quiet periods, which are long, at once. */
    private static void makeReady(Cluster cluster, List<String> uids) throws IOException {
        cluster.ask(
                "update study set last_received_at = last_received_at - interval '2 h', version = version + 1"
                        + " where study_instance_uid = any (?)",
                uids);
    }

    private void awaitAll(Cluster cluster, List<String> uids) throws IOException {
        cluster.listener()
                .process()
                .until(
                        "done with " + uids.size() + " studies",
                        LIMIT,
                        () -> count(cluster, "state in " + DONE, uids) == uids.size());
        requireOnce(cluster, uids);
    }

    private void requireOnce(Cluster cluster, List<String> uids) throws IOException {
        long outputs = Long.parseLong(cluster.ask(
                "select count(*) from output o join study s on s.id = o.study_id"
                        + " where o.kind = 'SECONDARY_CAPTURE' and s.study_instance_uid = any (?)",
                uids));
        long restored = Long.parseLong(cluster.ask(
                "select count(*) from audit_event where kind = 'STUDY_RESTORED' and study_instance_uid = any (?)",
                uids));
        if (outputs != (long) uids.size() * images || restored != uids.size()) {
            throw new IOException(uids.size() + " studies of " + images + " images came to " + outputs + " outputs and "
                    + restored + " restorations");
        }
    }

    private double rate(Cluster cluster, List<String> uids) throws IOException {
        double seconds = Double.parseDouble(cluster.ask(
                "select extract(epoch from max(restored_at) - min(restoring_at)) from study"
                        + " where study_instance_uid = any (?)",
                uids));
        return uids.size() * images / seconds;
    }

    private static long count(Cluster cluster, String condition, List<String> uids) throws IOException {
        return Long.parseLong(cluster.ask(
                "select count(*) from study where " + condition + " and study_instance_uid = any (?)", uids));
    }
}
