package org.rigatino.backup;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import org.rigatino.audit.AuditChain;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a backup back where nothing is. */
@Command(
        name = "restore-backup",
        description = {
            "Verifies a backup, and brings it back into an empty database and empty folders; no process may serve.",
            "Exit 0: it is back, and its audit trail proved. 1: it is not, and why."
        },
        mixinStandardHelpOptions = true)
public final class RestoreBackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "What backup has made.")
    private Path folder;

    @Option(names = "--verify-only", description = "Read and prove all of it, and bring nothing back.")
    private boolean verifyOnly;

    @Option(
            names = "--manifest-digest",
            paramLabel = "SHA256",
            description = "Refuse a backup whose manifest has another digest than backup told.")
    private String manifestDigest;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        try {
            Restoration restoration = new Restoration(folder, Places.configured());
            if (manifestDigest != null) {
                restoration.requireManifest(manifestDigest);
            }
            AuditChain.Verification trail = restoration.verify();
            out.println("manifest: sha256 " + Manifest.digest(folder));
            out.println("the backup of " + restoration.manifest().madeAt() + " is whole");
            restoration.manifest().missing().forEach(file -> out.println("missing when it was made: " + file));
            if (verifyOnly) {
                tell(trail, restoration, out);
            } else {
                restore(restoration, out);
            }
            return 0;
        } catch (SQLException e) {
            return failed(
                    "the database cannot be written: " + e.getMessage()
                            + " (it is written as quarkus.flyway.username, the owner of its tables, whom sql/setup/roles.sql makes)");
        } catch (IOException e) {
            return failed(FileTrouble.tell(e));
        } catch (FlywayException | ConfigValidationException | ConfigurationException | IllegalArgumentException e) {
            return failed(e.getMessage());
        }
    }

    private void restore(Restoration restoration, PrintWriter out) throws IOException, SQLException {
        restoration.checkPlaces();
        try (DatabaseConnection database = DatabaseConnection.openOrCreate()) {
            new DatabaseLoad(database, restoration.manifest(), folder).check();
            restoration.restoreFiles();
            AuditChain.Verification trail = restoration.restoreDatabase(database);
            tell(trail, restoration, out);
            if (!restoration.paused().isEmpty()) {
                out.println(
                        "paused until somebody looks where they are and lets them go on, on the page /administration: "
                                + String.join(", ", restoration.paused()));
            }
            if (!restoration.pausedRuns().isEmpty()) {
                out.println(
                        "runs of finished studies, paused until an administrator has them go on, on the page /reruns: "
                                + String.join(", ", restoration.pausedRuns()));
            }
            out.println("it is back: start ./rigatino serve");
        }
    }

    private static void tell(AuditChain.Verification trail, Restoration restoration, PrintWriter out) {
        out.println("audit: " + trail.rows() + " rows, chain intact");
        out.println(restoration.manifest().anchor());
    }

    private int failed(String message) {
        command.commandLine().getErr().println("rigatino restore-backup: " + message);
        return 1;
    }
}
