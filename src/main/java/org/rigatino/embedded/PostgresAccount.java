package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Under which account PostgreSQL runs, which refuses to be root: our own, or {@code nobody} where we are root. That
 * keeps of root's powers only the access to files, since a folder above the cluster may be closed to others.
 */
final class PostgresAccount {
    private static final String UNPRIVILEGED = "nobody";

    /** For root's programs, which {@code nobody} must be able to reach and nobody else may write. */
    private static final Path SYSTEM_CACHE = Path.of("/var/cache/rigatino");

    private final boolean root;

    private PostgresAccount(boolean root) {
        this.root = root;
    }

    static PostgresAccount current() throws IOException {
        return new PostgresAccount(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0));
    }

    /** Where the programs are unpacked. */
    Path programs(Path cluster) {
        return root ? SYSTEM_CACHE : cluster.resolveSibling("postgres-programs");
    }

    List<String> command(List<String> command) {
        List<String> full = new ArrayList<>();
        if (root) {
            full.addAll(List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=nogroup", "--clear-groups"));
            full.addAll(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
        }
        full.addAll(command);
        return full;
    }

    /** An empty folder of the account's own. */
    void createCluster(Path cluster) throws IOException {
        Files.createDirectory(
                cluster, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (root) {
            Files.setOwner(
                    cluster,
                    cluster.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED));
        }
    }
}
