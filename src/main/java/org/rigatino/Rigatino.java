package org.rigatino;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import org.rigatino.access.UserCommand;
import org.rigatino.audit.AuditCommand;
import org.rigatino.backup.BackupCommand;
import org.rigatino.backup.RestoreBackupCommand;
import org.rigatino.dicom.LimitsStart;
import org.rigatino.embedded.EmbeddedCommand;
import org.rigatino.export.ExportAnswersCommand;
import org.rigatino.learn.evaluate.EvaluateCommand;
import org.rigatino.learn.train.CalibrateCommand;
import org.rigatino.learn.train.ReleaseCommand;
import org.rigatino.learn.train.TrainCommand;
import org.rigatino.pipeline.RestoreCommand;
import org.rigatino.pipeline.UnknownBirthDatesStart;
import org.rigatino.proof.bench.BenchCommand;
import org.rigatino.proof.demo.DemoCommand;
import org.rigatino.proof.soak.SoakCommand;
import org.rigatino.web.FetchCommand;
import org.rigatino.web.PromoteCommand;
import org.rigatino.web.ReplayCommand;
import org.rigatino.worker.CheckConfigCommand;
import org.rigatino.worker.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. Only commands that serve start Quarkus; the others run without a database and a broker. */
@QuarkusMain
@Command(
        name = "rigatino",
        description = {
            "Draws the healthy image that a scan departs from, and shows the departure.",
            "Not for diagnostic use."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            CheckConfigCommand.class,
            DemoCommand.class,
            RestoreCommand.class,
            TrainCommand.class,
            ReleaseCommand.class,
            CalibrateCommand.class,
            EvaluateCommand.class,
            ExportAnswersCommand.class,
            BenchCommand.class,
            PromoteCommand.class,
            ReplayCommand.class,
            FetchCommand.class,
            EmbeddedCommand.class,
            SoakCommand.class,
            AuditCommand.class,
            UserCommand.class,
            BackupCommand.class,
            RestoreBackupCommand.class,
            HelpCommand.class,
        })
public final class Rigatino implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec command;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** What runs a command as a person calls it. */
    public static CommandLine commandLine() {
        return new CommandLine(new Rigatino())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Rigatino::execute);
    }

    private static int execute(CommandLine.ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        UnknownBirthDatesStart.ofCommand();
        try {
            LimitsStart.ofCommand();
        } catch (ConfigurationException | ConfigValidationException e) {
            if (!tellsOfSettings(parsed.subcommand())) {
                parsed.commandSpec().commandLine().getErr().println("rigatino: " + e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Of this one beside all others that are wrong. */
    private static boolean tellsOfSettings(CommandLine.ParseResult subcommand) {
        Object run = subcommand == null ? null : subcommand.commandSpec().userObject();
        return run instanceof ServeCommand || run instanceof CheckConfigCommand;
    }

    @Override
    public void run() {
        command.commandLine().usage(System.out);
    }
}
