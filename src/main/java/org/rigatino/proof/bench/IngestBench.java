package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rigatino bench ingest}. */
@Command(
        name = "ingest",
        description = "Times how quick instances are taken beside DCMTK's storescp and Orthanc.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class IngestBench extends WorkingBench {
    @Option(names = "--associations", defaultValue = "8", description = "senders at once, a study each")
    private int associations;

    @Option(names = "--instances", defaultValue = "50", description = "instances of each sender in each round")
    private int instances;

    @Option(names = "--rounds", defaultValue = "3", description = "timed rounds, after one that is not")
    private int rounds;

    @Override
    void check() throws IOException {
        if (associations < 1 || instances < 1 || rounds < 1) {
            throw new IOException("--associations, --instances and --rounds are at least 1");
        }
    }

    @Override
    boolean measure(Path folder) throws IOException {
        line("%d associations of %d CT instances, 512x512, 16 bits; %d rounds", associations, instances, rounds);
        try (Receiver rigatino = Receiver.rigatino(folder.resolve("rigatino"));
                Receiver storescp = Receiver.storescp(Files.createDirectories(folder.resolve("storescp")));
                Receiver orthanc = Receiver.orthanc(folder.resolve("orthanc"))) {
            List<Receiver> receivers = List.of(rigatino, storescp, orthanc);
            Map<String, List<Double>> rates = new TreeMap<>();
            for (int round = 0; round <= rounds; round++) {
                round(receivers, folder.resolve("input"), round, rates);
            }
            summary(rates);
            return true;
        }
    }

    /** The same files to each, who goes first changing with the round. The first round warms up. */
    private void round(List<Receiver> receivers, Path input, int round, Map<String, List<Double>> rates)
            throws IOException {
        List<Path> folders = studies(input, round);
        List<Receiver> order = new ArrayList<>(receivers);
        Collections.rotate(order, -round);
        for (Receiver receiver : order) {
            long before = receiver.kept();
            double rate = associations * instances / DcmSend.send(folders, receiver.aeTitle(), receiver.port());
            long kept = receiver.kept() - before;
            if (kept != (long) associations * instances) {
                throw new IOException(receiver.name() + " keeps " + kept + " of " + associations * instances
                        + " instances that it took; see " + receiver.store());
            }
            line("round %d %-8s %8.1f instances/s%s", round, receiver.name(), rate, round == 0 ? " (warm-up)" : "");
            if (round > 0) {
                rates.computeIfAbsent(receiver.name(), name -> new ArrayList<>())
                        .add(rate);
            }
        }
        FileUtils.deleteDirectory(input.toFile());
    }

    private List<Path> studies(Path input, int round) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (int sender = 1; sender <= associations; sender++) {
            Path folder = input.resolve(Integer.toString(sender));
            new CtStudy("ingest-" + round + "-" + sender).write(folder, instances);
            folders.add(folder);
        }
        return folders;
    }

    private void summary(Map<String, List<Double>> rates) {
        double rigatino = median(rates.get("rigatino"));
        double storescp = median(rates.get("storescp"));
        double orthanc = median(rates.get("orthanc"));
        line(
                "bench ingest: rigatino %.1f/s, storescp %.1f/s, orthanc %.1f/s, ratios %.2f %.2f",
                rigatino, storescp, orthanc, rigatino / storescp, rigatino / orthanc);
    }
}
