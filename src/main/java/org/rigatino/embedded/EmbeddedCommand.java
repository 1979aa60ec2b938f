package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One embedded part in a process of its own, which others share. */
@Command(
        name = "embedded",
        description = "Runs just the embedded broker, or just the embedded database, until stopped.",
        mixinStandardHelpOptions = true)
public final class EmbeddedCommand implements Callable<Integer> {
    private enum Part {
        KAFKA,
        POSTGRES
    }

    @Parameters(paramLabel = "PART", description = "kafka or postgres")
    private Part part;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Where it keeps its data.")
    private Path data;

    @Option(names = "--port", required = true, paramLabel = "PORT", description = "On loopback.")
    private int port;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        try (DataDirectory held = DataDirectory.lock(data)) {
            AutoCloseable running = start();
            CountDownLatch stop = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running, stop)));
            command.commandLine().getOut().println(part + " answers on port " + port);
            command.commandLine().getOut().flush();
            stop.await();
            return 0;
        } catch (IOException e) {
            return failed(FileTrouble.tell(e));
        } catch (RuntimeException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private int failed(String message) {
        command.commandLine().getErr().println("rigatino embedded: " + message);
        return 1;
    }

    private AutoCloseable start() throws IOException {
        return part == Part.KAFKA
                ? EmbeddedKafka.start(data.resolve("kafka"), port, EmbeddedKafka.TOPICS)
                : EmbeddedPostgres.start(data.resolve("postgres"), port);
    }

    private void close(AutoCloseable running, CountDownLatch stop) {
        try {
            running.close();
        } catch (Exception e) {
            command.commandLine().getErr().println("rigatino embedded: it does not stop: " + e.getMessage());
        }
        stop.countDown();
    }
}
