package org.rigatino.learn.train;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rigatino release}. */
@Command(
        name = "release",
        description = "Makes releases of releases, or of a network that was made elsewhere.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EnsembleCommand.class, ImportCommand.class})
public final class ReleaseCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
