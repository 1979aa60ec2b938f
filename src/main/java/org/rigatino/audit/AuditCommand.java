package org.rigatino.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
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
                    String url) {
        PrintWriter out = command.commandLine().getOut();
        try (DatabaseConnection database = DatabaseConnection.open(url, DatabaseRole.AUDITOR)) {
            AuditChain.Verification found = AuditChain.verify(database.connection());
            out.println(
                    found.intact()
                            ? "audit: " + found.rows() + " rows, chain intact"
                            : "audit: row " + found.brokenId() + " is broken: " + found.problem());
            return found.intact() ? 0 : 1;
        } catch (IOException | SQLException e) {
            command.commandLine().getErr().println("rigatino audit verify: cannot read the trail: " + e.getMessage());
            return 2;
        }
    }
}
