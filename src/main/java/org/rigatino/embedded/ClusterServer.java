package org.rigatino.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The PostgreSQL server that runs on a cluster: ours, or one that outlived the process that started it. Of its process that is
 * asked alone which everybody may read: root in a container may not look into those of another account.
 */
final class ClusterServer {
    /** In include/linux/sched.h. */
    private static final long PF_EXITING = 0x4;

    /** Of the fields of proc_pid_stat that come behind the name in parentheses, flags. */
    private static final int FLAGS = 6;

    private ClusterServer() {}

    /** Empty where none runs; a pid file may be stale, and another process have been given the same number since. */
    static Optional<ProcessHandle> find(Path cluster) throws IOException {
        Optional<ProcessHandle> named = named(cluster);
        return named.isPresent() && serves(named.get(), cluster) ? named : Optional.empty();
    }

    /** A killed server that still holds its number: the next server would refuse to start beside it. */
    static Optional<ProcessHandle> ending(Path cluster) throws IOException {
        Optional<ProcessHandle> named = named(cluster);
        return named.isPresent() && isEnding(named.get()) ? named : Optional.empty();
    }

    private static Optional<ProcessHandle> named(Path cluster) throws IOException {
        try {
            return ProcessHandle.of(Long.parseLong(
                    Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip()));
        } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** As {@link EmbeddedPostgres} starts it; what has ended has no command line. */
    private static boolean serves(ProcessHandle process, Path cluster) throws IOException {
        List<String> command = List.of(read(process, "cmdline").split("\0"));
        int folder = command.indexOf("-D") + 1;
        if (folder == 0 || folder == command.size()) {
            return false;
        }
        try {
            return Files.isSameFile(Path.of(command.get(folder)), cluster);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean isEnding(ProcessHandle process) throws IOException {
        String stat = read(process, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > FLAGS && (Long.parseLong(fields[FLAGS]) & PF_EXITING) != 0;
    }

    /** Empty where it has gone meanwhile. */
    private static String read(ProcessHandle process, String file) throws IOException {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return "";
        }
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
