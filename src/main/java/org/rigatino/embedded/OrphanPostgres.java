package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The PostgreSQL server that goes on after the process that started it was killed. */
final class OrphanPostgres {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OrphanPostgres() {}

    /**
     * Ends the server that runs on a cluster, if one does: a fast shutdown (SIGINT), and an immediate one (SIGQUIT,
     * recovered from the write-ahead log at the next start) where that takes too long. A stale pid file is left to
     * PostgreSQL, which knows its own.
     */
    static void end(Path cluster) throws IOException {
        Optional<ProcessHandle> found = find(cluster);
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle server = found.get();
        for (String signal : List.of("INT", "QUIT")) {
            signal(signal, server.pid());
            if (ended(server)) {
                return;
            }
        }
        throw new IOException("a PostgreSQL server left behind (process " + server.pid() + ") still holds " + cluster
                + ": end it, then start again");
    }

    private static Optional<ProcessHandle> find(Path cluster) throws IOException {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip());
            return ProcessHandle.of(pid).filter(process -> servesCluster(process, cluster));
        } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** A server's working directory is its cluster; another process may have been given the same number since. */
    private static boolean servesCluster(ProcessHandle process, Path cluster) {
        try {
            Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
            return Files.isSameFile(workingDirectory, cluster);
        } catch (IOException e) {
            return false;
        }
    }

    private static void signal(String name, long pid) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ending process " + pid, e);
        }
    }

    private static boolean ended(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while process " + process.pid() + " ends", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for process " + process.pid(), e);
        }
    }
}
