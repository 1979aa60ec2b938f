package org.rigatino.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks that start processes, small: what they check holds, and they end with their line. */
class BenchIT {
    private static final String NUMBER = "(\\d+\\.\\d+)";

    @TempDir
    Path folder;

    @BeforeEach
    void needsPeers() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "skipped: orthanc is missing");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/dcmsend")), "skipped: dcmtk is missing");
    }

    private Matcher run(String pattern, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(BackPressureIT.java("-Xmx1000m"));
        command.add("bench");
        command.addAll(List.of(arguments));
        command.addAll(List.of("--work", folder.resolve("work").toString()));
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroy();
        }
        List<String> lines = Files.readAllLines(out);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        Matcher last = Pattern.compile(pattern).matcher(lines.get(lines.size() - 1));
        assertThat(last.matches()).as(String.join("\n", lines)).isTrue();
        return last;
    }

    @Test
    void ingestKeepsEveryInstanceBesideItsPeers() throws Exception {
        run(
                "bench ingest: rigatino N/s, storescp N/s, orthanc N/s, ratios N N".replace("N", NUMBER),
                "ingest",
                "--associations",
                "3",
                "--instances",
                "4",
                "--rounds",
                "1");
    }

    @Test
    void pipelineTellsWhereTheTimeGoes() throws Exception {
        Matcher last = run(
                "bench pipeline: N images/s; one drawing alone N, ratio N; all passes of the release alone N, ratio N"
                        .replace("N", NUMBER),
                "pipeline",
                "--images",
                "16",
                "--rounds",
                "1");
        assertThat(Double.parseDouble(last.group(1))).isPositive();
    }

    /** One owner a study, whose worker is killed: it is restored once all the same. */
    @Test
    void eachStudyIsRestoredOnceThoughAWorkerIsKilled() throws Exception {
        run(
                "bench scale: 2 workers, N images/s, efficiency N".replace("N", NUMBER),
                "scale",
                "--workers",
                "2",
                "--partitions",
                "2",
                "--studies",
                "4",
                "--images",
                "8",
                "--milliseconds",
                "50");
    }

    /** Where frames were held, 90 of 512x512 would take 90 MB as floats alone. */
    @Test
    void memoryDoesNotGrowWithTheStudy() throws Exception {
        Matcher last = run(
                "bench memory: live heap (\\d+) MB, resident (\\d+) MB; 60 instances (\\d+) (\\d+), 90 frames (\\d+) (\\d+)",
                "memory",
                "--small",
                "20",
                "--instances",
                "60",
                "--frames",
                "90",
                "--heap",
                "400");
        assertThat(Integer.parseInt(last.group(3))).isLessThan(Integer.parseInt(last.group(1)) + 60);
        assertThat(Integer.parseInt(last.group(5))).isLessThan(Integer.parseInt(last.group(1)) + 75);
        assertThat(Integer.parseInt(last.group(6))).isLessThan(Integer.parseInt(last.group(2)) + 250);
    }
}
