package org.rigatino.backup;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the record and its files while everything works. */
@Command(
        name = "backup",
        description = {
            "Copies the record of one moment, and the files that it names, into a folder; nothing has to stop.",
            "Settings, keys and secrets are not part of it. Exit 0: whole. 1: none was made, or one that the audit trail could not note."
        },
        mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Empty, or not there yet. It will hold patients.")
    private Path folder;

    @Option(
            names = "--accept-missing",
            description =
                    "Make it without files that the record names and that are not there or damaged, and list them.")
    private boolean acceptMissing;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try (DatabaseConnection database = DatabaseConnection.open(null, DatabaseRole.OWNER)) {
            Backup.Made made = new Backup(database.connection(), Places.configured(), folder, acceptMissing).make();
            Manifest manifest = made.manifest();
            PrintWriter out = command.commandLine().getOut();
            manifest.files().forEach((name, files) -> out.println(name + ": " + files.files() + " files"));
            long rows =
                    manifest.tables().stream().mapToLong(Manifest.Table::rows).sum();
            out.println("database: " + rows + " rows in " + manifest.tables().size() + " tables, schema "
                    + manifest.schema());
            manifest.missing().forEach(file -> out.println("missing: " + file));
            out.println("manifest: sha256 " + made.sha256());
            out.println(manifest.anchor());
            return 0;
        } catch (SQLException e) {
            return failed(
                    "the database cannot be read: " + e.getMessage()
                            + " (it is read as quarkus.flyway.username, the owner of its tables)",
                    e);
        } catch (IOException e) {
            return failed(FileTrouble.tell(e), e);
        } catch (ConfigValidationException | ConfigurationException | IllegalArgumentException e) {
            return failed(e.getMessage(), e);
        }
    }

    private int failed(String message, Exception cause) {
        PrintWriter err = command.commandLine().getErr();
        err.println("rigatino backup: " + message);
        for (Throwable left : cause.getSuppressed()) {
            err.println("rigatino backup: " + left.getMessage());
        }
        return 1;
    }
}
