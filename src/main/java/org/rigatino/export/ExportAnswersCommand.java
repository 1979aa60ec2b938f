package org.rigatino.export;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.FileTrouble;
import org.rigatino.ingest.IngestConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a folder of images and labels of what radiologists answered. */
@Command(
        name = "export-answers",
        description = {
            "Writes the images that radiologists answered, and what they said, into a folder that train, calibrate and"
                    + " evaluate take: without names, IDs, dates and headers. The trail has who did, and how many.",
            "Exit 0: written. 1: no image is left. 2: it could not be done, and nothing is there."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ExportAnswersCommand implements Callable<Integer> {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Empty, or not there yet.")
    private Path folder;

    @Option(names = "--release", paramLabel = "NAME/VERSION", description = "Answers about this release alone.")
    private String release;

    @Option(names = "--from", paramLabel = "DATE", description = "First day, UTC, on which the study was finished.")
    private String from;

    @Option(names = "--to", paramLabel = "DATE", description = "First day that is left out.")
    private String to;

    @Option(
            names = "--train-share",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Of the patients without an abnormal image, to be learnt from (train_normal); all others are"
                    + " measured on (dev_test).")
    private double trainShare;

    @Option(
            names = "--url",
            paramLabel = "JDBC_URL",
            description = "The database; otherwise QUARKUS_DATASOURCE_JDBC_URL, or the embedded one.")
    private String url;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try {
            ExportFilter filter = ExportFilter.of(release, from, to);
            if (!(trainShare >= 0 && trainShare <= 1)) {
                throw new IllegalArgumentException("--train-share " + trainShare + " is not from 0 to 1");
            }
            LeftOut leftOut = new LeftOut();
            AnswerFolder export = new AnswerFolder(folder, store(), trainShare, leftOut);
            export.requireFree();
            export.requireStore();
            try (DatabaseConnection database = DatabaseConnection.open(url, DatabaseRole.EXPORTER)) {
                return write(export, database.connection(), filter, leftOut);
            }
        } catch (SQLException e) {
            return failed(
                    INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
                            ? "this role may not export answers: do it as rigatino_exporter (docs/security.md)"
                            : "the database cannot be used: " + e.getMessage());
        } catch (FileAlreadyExistsException | IllegalArgumentException | ConfigValidationException e) {
            return failed(e.getMessage());
        } catch (FileSystemException e) {
            return failed("a file cannot be used: " + FileTrouble.tell(e));
        } catch (IOException e) {
            return failed(FileTrouble.tell(e));
        }
    }

    private int write(AnswerFolder export, Connection connection, ExportFilter filter, LeftOut leftOut)
            throws IOException, SQLException {
        List<AnsweredFrame> answers = AnsweredFrames.read(connection);
        Optional<AnswerFolder.Made> made =
                export.write(Chosen.of(answers, filter, leftOut), each -> append(connection, each, filter, leftOut));
        PrintWriter out = command.commandLine().getOut();
        leftOut.lines().forEach(line -> out.println("left out: " + line));
        if (made.isEmpty()) {
            command.commandLine()
                    .getErr()
                    .println("rigatino export-answers: of "
                            + answers.stream().filter(filter::wants).count() + " answers (" + filter
                            + ") none is about an image that can be exported, and no folder was made");
            return 1;
        }
        out.println(folder + ": " + words(made.get()));
        return 0;
    }

    private static String words(AnswerFolder.Made made) {
        return made.images() + " images of " + made.patients() + " patients, " + made.abnormal() + " abnormal, "
                + made.toLearnFrom() + " patients to learn from; manifest sha256 " + made.sha256();
    }

    private static void append(Connection connection, AnswerFolder.Made made, ExportFilter filter, LeftOut leftOut)
            throws SQLException {
        connection.setAutoCommit(false);
        AuditChain.appendExportOfAnswers(
                connection,
                new AuditTrail.Event(
                                EventKind.ANSWERS_EXPORTED,
                                null,
                                null,
                                words(made) + "; " + filter + "; answers left out " + leftOut.counts())
                        .by(AuditSource.account())
                        .from(AuditSource.host()));
        connection.commit();
    }

    private static Path store() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .addDefaultSources()
                .withMapping(IngestConfiguration.class)
                .build()
                .getConfigMapping(IngestConfiguration.class)
                .store();
    }

    private int failed(String message) {
        command.commandLine().getErr().println("rigatino export-answers: " + message);
        return 2;
    }
}
