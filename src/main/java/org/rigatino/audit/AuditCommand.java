package org.rigatino.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an auditor asks of the trail, without a running Rigatino. */
@Command(
        name = "audit",
        description = "Proves that the audit trail was not altered, and exports it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class AuditCommand implements Runnable {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        command.commandLine().usage(System.out);
    }

    /** Exit 0 where the chain is intact, 1 where it is broken, or was when the file was exported, 2 where it cannot be read. */
    @Command(
            name = "verify",
            description = "Reads the whole chain, or an export, and names the first row that does not fit.",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(
                            names = "--url",
                            paramLabel = "JDBC_URL",
                            description = "The database; otherwise QUARKUS_DATASOURCE_JDBC_URL, or the embedded one.")
                    String url,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description = "An export instead of the database, with FILE.manifest.json beside it.")
                    Path file,
            @Option(
                            names = "--anchors",
                            paramLabel = "FILE",
                            description = "A log, a manifest of an export or any other text in which anchors stand:"
                                    + " the rows that they know must be the same. May be repeated.")
                    List<Path> anchorFiles) {
        try {
            Anchors anchors = anchorFiles == null ? Anchors.NONE : Anchors.read(anchorFiles);
            if (file == null) {
                return report(verifyDatabase(url, anchors), anchors, true, null);
            }
            AuditExport export = new AuditExport(file);
            AuditExport.Manifest manifest = export.manifest();
            long end = Anchor.parse(manifest.anchor()).id();
            int exit = report(
                    export.verify(anchors), anchors.upTo(end), manifest.filter().isWhole(), manifest.problem());
            if (anchors.last() > end) {
                command.commandLine()
                        .getOut()
                        .println("audit: anchors know rows to " + anchors.last() + ", and this export of "
                                + manifest.exportedAt() + " ends at row " + end
                                + ": of what lies behind it it says nothing");
            }
            return exit;
        } catch (NoSuchFileException e) {
            return failed("verify", "there is no file " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return failed("verify", "the manifest of " + file + " is not as an export writes it: " + e.getMessage());
        } catch (IOException e) {
            return failed("verify", "cannot read the trail: " + FileTrouble.tell(e));
        } catch (SQLException e) {
            return failed("verify", "cannot read the trail: " + e.getMessage());
        }
    }

    private static AuditChain.Verification verifyDatabase(String url, Anchors anchors)
            throws IOException, SQLException {
        try (DatabaseConnection database = DatabaseConnection.open(url, DatabaseRole.AUDITOR)) {
            return AuditChain.verify(database.connection(), anchors);
        }
    }

    /** @param then what did not fit of the trail when it was exported, perhaps of rows that are not in the file; null where nothing was seen */
    private int report(AuditChain.Verification found, Anchors anchors, boolean whole, String then) {
        PrintWriter out = command.commandLine().getOut();
        if (then != null) {
            out.println("audit: the trail did not fit when this was exported: " + then);
        }
        if (!found.intact()) {
            out.println("audit: " + found.told());
            return 1;
        }
        out.println("audit: " + found.rows()
                + (whole
                        ? " rows, chain intact"
                        : " rows of a filtered export, each intact; the rows between are not in it")
                + (anchors.count() > 0 ? ", " + anchors.count() + " anchors heeded" : ""));
        out.println(new Anchor(found.lastId(), found.head()));
        return then == null ? 0 : 1;
    }

    /** Exit 0 where it was done, 1 where it was and the trail does not fit, 2 where not. */
    @Command(
            name = "export",
            description =
                    "Writes rows of the trail to a file, with a manifest beside it, and notes in the trail that"
                            + " it did. Exit 0: done. 1: done, and the trail is broken, which the manifest says too. 2: not done.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    int export(
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "Must not be there yet.")
                    Path file,
            @Option(names = "--format", defaultValue = "csv", description = "csv or jsonl, a JSON object a line")
                    String format,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description = "First moment, a date (UTC) or 2026-11-26T07:00:00Z.")
                    String from,
            @Option(names = "--to", paramLabel = "TIME", description = "First moment that is left out.") String to,
            @Option(names = "--study", paramLabel = "UID", description = "Study Instance UID.") String study,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            split = ",",
                            description = "As in docs/audit.md; may be repeated.")
                    List<String> kinds,
            @Option(names = "--actor", paramLabel = "NAME", description = "Who did it, the whole name") String actor,
            @Option(
                            names = "--url",
                            paramLabel = "JDBC_URL",
                            description = "The database; otherwise QUARKUS_DATASOURCE_JDBC_URL, or the embedded one.")
                    String url) {
        try (DatabaseConnection database = DatabaseConnection.open(url, DatabaseRole.APPLICATION)) {
            AuditExport export = new AuditExport(file);
            AuditExport.Manifest manifest = export.write(
                    database.connection(),
                    ExportFormat.named(format),
                    new AuditFilter(from, to, study, kinds, actor),
                    AuditExport.Exporter.account());
            PrintWriter out = command.commandLine().getOut();
            out.println("audit: " + manifest.rows() + " rows in " + file + ", manifest in " + export.manifestFile());
            out.println(manifest.anchor());
            return manifest.problem() == null ? 0 : broken(manifest);
        } catch (IllegalArgumentException e) {
            return failed("export", e.getMessage());
        } catch (FileAlreadyExistsException e) {
            return failed("export", e.getMessage() + " is there already, and exports are not overwritten");
        } catch (NoSuchFileException e) {
            return failed("export", "there is no folder for " + e.getMessage());
        } catch (IOException e) {
            return failed("export", FileTrouble.tell(e));
        } catch (SQLException e) {
            return failed(
                    "export",
                    INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
                            ? "an export is noted in the trail itself, which this role may not append to: export as"
                                    + " rigatino_app (docs/audit.md)"
                            : "the database cannot be used: " + e.getMessage());
        }
    }

    private int broken(AuditExport.Manifest manifest) {
        command.commandLine()
                .getErr()
                .println("rigatino audit export: the trail does not fit: " + manifest.problem()
                        + ". What there is was exported; keep it and the database as they are, and run audit verify");
        return 1;
    }

    private int failed(String subcommand, String message) {
        command.commandLine().getErr().println("rigatino audit " + subcommand + ": " + message);
        return 2;
    }
}
