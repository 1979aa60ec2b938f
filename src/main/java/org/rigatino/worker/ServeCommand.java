package org.rigatino.worker;

import io.quarkus.runtime.Quarkus;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.rigatino.embedded.EmbeddedConfiguration;
import org.rigatino.embedded.EmbeddedParts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import sun.misc.Signal;

/** Starts the embedded parts that the configuration leaves out, then Quarkus, and stops them in reverse. */
@Command(
        name = "serve",
        description = "Receives studies over DICOM, restores them and sends the overlays to the PACS, until stopped.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    static final List<String> TOPICS = List.of("rigatino.studies", "rigatino.results");

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try (EmbeddedParts parts = startParts()) {
            parts.settings().forEach(System::setProperty);
            stopOn("INT");
            stopOn("TERM");
            return serve();
        } catch (IOException | ConfigValidationException e) {
            command.commandLine().getErr().println("rigatino serve: " + e.getMessage());
            return 1;
        }
    }

    private static EmbeddedParts startParts() throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .withMapping(EmbeddedConfiguration.class)
                .build();
        return EmbeddedParts.start(
                config.getConfigMapping(EmbeddedConfiguration.class),
                absent(config, EmbeddedParts.KAFKA),
                absent(config, EmbeddedParts.DATABASE_URL),
                TOPICS);
    }

    private static boolean absent(SmallRyeConfig config, String property) {
        return config.getOptionalValue(property, String.class).isEmpty();
    }

    private static int serve() {
        AtomicInteger exit = new AtomicInteger();
        Quarkus.run(null, (code, cause) -> exit.set(code));
        return exit.get();
    }

    /** Quarkus would stop in a JVM shutdown hook, side by side with what it still needs. */
    private static void stopOn(String signal) {
        Signal.handle(new Signal(signal), received -> Quarkus.asyncExit());
    }
}
