package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What benches share that start whole processes: a folder of their own, and their figures, a line each. */
abstract class WorkingBench implements Callable<Integer> {
    @Option(names = "--work", description = "folder for data and logs, emptied; default out/bench/COMMAND")
    private Path work;

    @Spec
    private CommandSpec spec;

    /** @throws IOException that names the options that cannot be */
    abstract void check() throws IOException;

    /**
     * @param folder absolute, empty
     * @return whether what was measured is as it must be
     */
    abstract boolean measure(Path folder) throws IOException, SQLException;

    @Override
    public Integer call() {
        try {
            check();
            Path folder = (work == null ? Path.of("out", "bench", spec.name()) : work)
                    .toAbsolutePath()
                    .normalize();
            FileUtils.deleteDirectory(folder.toFile());
            Files.createDirectories(folder);
            return measure(folder) ? 0 : 1;
        } catch (IOException | SQLException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("rigatino bench " + spec.name() + ": " + e.getMessage());
            return 1;
        }
    }

    void line(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
