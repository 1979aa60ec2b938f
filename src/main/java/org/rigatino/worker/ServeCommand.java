package org.rigatino.worker;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.rigatino.access.SessionKey;
import org.rigatino.audit.ProcessRole;
import org.rigatino.embedded.DatabaseConnection;
import org.rigatino.embedded.EmbeddedConfiguration;
import org.rigatino.embedded.EmbeddedKafka;
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
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try {
            SmallRyeConfig config = ServeConfiguration.read();
            Set<ProcessRole> roles = ServeConfiguration.check(config);
            ServeLog.prepare(config);
            requireSchema(config);
            try (EmbeddedParts parts = startParts(config)) {
                parts.settings().forEach(System::setProperty);
                consumeOnlyInRole(roles);
                SessionKey.provide(config.getOptionalValue(SessionKey.property(), String.class));
                stopOn("INT", parts);
                stopOn("TERM", parts);
                return serve();
            }
        } catch (IOException
                | ConfigValidationException
                | ConfigurationException
                | IllegalArgumentException
                | NoSuchElementException e) {
            Trouble.tell(command, e);
            return 1;
        }
    }

    private static EmbeddedParts startParts(SmallRyeConfig config) throws IOException {
        EmbeddedConfiguration embedded = config.getConfigMapping(EmbeddedConfiguration.class);
        ServeConfiguration.places(config).forEach(ServeLog::record);
        return EmbeddedParts.start(
                embedded,
                EmbeddedParts.place(config, EmbeddedParts.KAFKA).isEmpty(),
                EmbeddedParts.place(config, EmbeddedParts.DATABASE_URL).isEmpty(),
                EmbeddedKafka.TOPICS);
    }

    /** Before anything is started; an embedded database is held to it at its own start, and migrated by its owner. */
    private static void requireSchema(SmallRyeConfig config) throws IOException {
        if (EmbeddedParts.place(config, EmbeddedParts.DATABASE_URL).isEmpty()) {
            return;
        }
        try {
            DatabaseConnection.openToMigrate(config).close();
        } catch (SQLException e) {
            throw new IOException("the database cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void consumeOnlyInRole(Set<ProcessRole> roles) {
        if (!roles.contains(ProcessRole.LISTENER)) {
            System.setProperty("mp.messaging.incoming.studies-external.enabled", "false");
        }
        if (!roles.contains(ProcessRole.WORKER)) {
            System.setProperty("mp.messaging.incoming.studies.enabled", "false");
        }
    }

    private int serve() {
        AtomicInteger exit = new AtomicInteger();
        Quarkus.run(null, (code, cause) -> {
            exit.set(code);
            if (cause != null) {
                Trouble.tell(command, ExceptionUtil.getRootCause(cause));
            }
        });
        return exit.get();
    }

    /** Quarkus would stop in a JVM shutdown hook, side by side with what it still needs. */
    private static void stopOn(String signal, EmbeddedParts parts) {
        Signal.handle(new Signal(signal), received -> {
            parts.keepNoLonger();
            Quarkus.asyncExit();
        });
    }
}
