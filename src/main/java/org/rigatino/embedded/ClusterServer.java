package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The PostgreSQL server that runs on a cluster: ours, or one that outlived the process that started it. */
final class ClusterServer {
    private ClusterServer() {}

    /** Empty where none runs; a pid file may be stale. */
    static Optional<ProcessHandle> find(Path cluster) throws IOException {
        return named(cluster).filter(process -> serves(process, cluster));
    }

    /**
     * A killed server that still holds its number though it has left its working directory: the next server would refuse
     * to start beside it.
     */
    static Optional<ProcessHandle> ending(Path cluster) throws IOException {
        return named(cluster).filter(process -> Files.notExists(workingDirectory(process)));
    }

    private static Optional<ProcessHandle> named(Path cluster) throws IOException {
        try {
            return ProcessHandle.of(Long.parseLong(
                    Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip()));
        } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** A server's working directory is its cluster; another process may have been given the same number since. */
    private static boolean serves(ProcessHandle process, Path cluster) {
        try {
            return Files.isSameFile(workingDirectory(process), cluster);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path workingDirectory(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()), "cwd");
    }

    /** Of the server that runs; its port is on the fourth line of the pid file. */
    static Optional<String> url(Path cluster) throws IOException {
        if (find(cluster).isEmpty()) {
            return Optional.empty();
        }
        String port =
                Files.readAllLines(cluster.resolve("postmaster.pid")).get(3).strip();
        return Optional.of("jdbc:postgresql://127.0.0.1:" + port + "/" + EmbeddedPostgres.DATABASE);
    }
}
