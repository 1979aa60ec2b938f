package org.rigatino.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** That the benchmarks run; how quick anything is, no test can say. */
class BenchCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"restore", "train"})
    void aTinyRunEndsWithItsSummary(String name) {
        int exit = run(name, "--grid", "32", "--width", "2", "--batch", "2,8", "--rounds", "1", "--seconds", "0");
        assertThat(exit).as(out.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(5);
        Matcher summary = Pattern.compile(
                        "bench " + name + ": ([\\d.]+) images/s, ([\\d.]+) GFLOP/s, ([\\d.]+) of peak")
                .matcher(lines.get(4));
        assertThat(summary.matches()).as(lines.get(4)).isTrue();
        String[] row = lines.get(3).trim().split(" +");
        assertThat(row).startsWith("32", "2", "8", summary.group(1), summary.group(2), summary.group(3));
        double peak = Double.parseDouble(lines.get(0).replaceAll(".*: ([\\d.]+) GFLOP/s.*", "$1"));
        assertThat(Double.parseDouble(row[5])).isCloseTo(Double.parseDouble(row[4]) / peak, within(0.01));
    }

    @Test
    void whatCannotBeMeasuredIsSaidInOneLine() {
        assertThat(run("restore", "--grid", "60", "--patch", "32")).isEqualTo(1);
        assertThat(run("restore", "--device", "gpu:99")).isEqualTo(1);
        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("rigatino bench restore: ")
                                .contains("60"),
                        line -> assertThat(line)
                                .startsWith("rigatino bench restore: ")
                                .contains("gpu:99"));
    }
}
