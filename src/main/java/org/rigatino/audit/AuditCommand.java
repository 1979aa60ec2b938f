package org.rigatino.audit;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;
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
    private static final String PROPERTY = "quarkus.datasource.";

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
                            description = "The database; otherwise QUARKUS_DATASOURCE_JDBC_URL.")
                    String url) {
        PrintWriter out = command.commandLine().getOut();
        try (Connection connection = connect(url)) {
            AuditChain.Verification found = AuditChain.verify(connection);
            out.println(
                    found.intact()
                            ? "audit: " + found.rows() + " rows, chain intact"
                            : "audit: row " + found.brokenId() + " is broken: " + found.problem());
            return found.intact() ? 0 : 1;
        } catch (SQLException e) {
            command.commandLine().getErr().println("rigatino audit verify: cannot read the trail: " + e.getMessage());
            return 2;
        }
    }

    private static Connection connect(String url) throws SQLException {
        Config config = ConfigProvider.getConfig();
        String database = url != null
                ? url
                : config.getOptionalValue(PROPERTY + "jdbc.url", String.class)
                        .orElseThrow(() -> new SQLException(
                                "no database is named: give --url, or set QUARKUS_DATASOURCE_JDBC_URL"));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database);
        return source.getConnection(
                config.getOptionalValue(PROPERTY + "username", String.class).orElse("postgres"),
                config.getOptionalValue(PROPERTY + "password", String.class).orElse(null));
    }
}
