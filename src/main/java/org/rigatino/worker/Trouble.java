package org.rigatino.worker;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.NoSuchElementException;
import org.rigatino.embedded.FileTrouble;
import picocli.CommandLine.Model.CommandSpec;

/** Why a command cannot go on, on its standard error. */
final class Trouble {
    private Trouble() {}

    /** What a person can mend is one line each; anything else comes with where it happened. */
    static void tell(CommandSpec command, Throwable cause) {
        PrintWriter err = command.commandLine().getErr();
        if (cause instanceof ConfigValidationException invalid) {
            for (int i = 0; i < invalid.getProblemCount(); i++) {
                tell(command, invalid.getProblem(i).getMessage());
            }
        } else if (cause instanceof IOException file) {
            tell(command, FileTrouble.tell(file));
        } else if (cause instanceof ConfigurationException
                || cause instanceof IllegalArgumentException
                || cause instanceof NoSuchElementException) {
            tell(command, String.valueOf(cause.getMessage()));
        } else {
            cause.printStackTrace(err);
        }
    }

    private static void tell(CommandSpec command, String message) {
        command.commandLine().getErr().println("rigatino " + command.name() + ": " + WrongValue.tell(message));
    }
}
