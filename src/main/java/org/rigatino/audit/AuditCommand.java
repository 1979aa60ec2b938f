package org.rigatino.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.DatabaseRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an auditor asks of the trail, without a running Rigatino. */
@Command(
        name = "audit",
        description = "Proves that the audit trail was not altered.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        command.commandLine().usage(System.out);
    }

    /** Exit 0 where the chain is intact, 1 where it is broken, 2 where it cannot be read. */
    @Command(name = "verify", description = "Reads the whole chain and names the first row that does not fit.")
    int verify(
            @Option(
                            names = "--url",
                            paramLabel = "JDBC_URL",
                            description = "The database; otherwise QUARKUS_DATASOURCE_JDBC_URL, or the embedded one.")
                    String url,
            @Option(
                            names = "--anchors",
                            paramLabel = "FILE",
                            description = "A log, a manifest of an export or any other text in which anchors stand:"
                                    + " the rows that they know must be the same. May be repeated.")
                    List<Path> anchorFiles) {
        try (DatabaseConnection database = DatabaseConnection.open(url, DatabaseRole.AUDITOR)) {
            Anchors anchors = anchorFiles == null ? Anchors.NONE : Anchors.read(anchorFiles);
            return report(AuditChain.verify(database.connection(), anchors), anchors);
        } catch (IOException | SQLException e) {
            command.commandLine().getErr().println("rigatino audit verify: cannot read the trail: " + e.getMessage());
            return 2;
        }
    }

    private int report(AuditChain.Verification found, Anchors anchors) {
        PrintWriter out = command.commandLine().getOut();
        if (!found.intact()) {
            out.println("audit: row " + found.brokenId() + " is broken: " + found.problem());
            return 1;
        }
        out.println("audit: " + found.rows() + " rows, chain intact"
                + (anchors.count() > 0 ? ", " + anchors.count() + " anchors fit" : ""));
        out.println(new Anchor(found.rows(), found.head()));
        return 0;
    }
}
