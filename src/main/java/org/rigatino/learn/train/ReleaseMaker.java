package org.rigatino.learn.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that makes a release out of others or of files: what is wrong with its input is said in one line. */
abstract class ReleaseMaker implements Callable<Integer> {
    private final String name;

    @Spec
    private CommandSpec spec;

    /** @param name as it is typed, after {@code rigatino} */
    ReleaseMaker(String name) {
        this.name = "rigatino " + name;
    }

    @Override
    public final Integer call() {
        PrintWriter console = spec.commandLine().getOut();
        try {
            make(console);
            console.flush();
            return 0;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(name + ": " + e.getMessage());
            return 1;
        }
    }

    abstract void make(PrintWriter console) throws IOException;

    /** The line that was typed, for the release to record. */
    final String line() {
        List<String> typed = spec.commandLine().getParseResult().originalArgs();
        int own = typed.indexOf(spec.name());
        return name + " " + String.join(" ", typed.subList(own + 1, typed.size()));
    }
}
