package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.VerificationScu;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.ChildProcess;
import org.rigatino.proof.demo.Orthanc;
import org.rigatino.proof.demo.ServeProcess;

/**
 * A Storage SCP on loopback that instances are sent to, a process of its own.
 *
 * @param store folder that it keeps what it receives in
 */
record Receiver(String name, String aeTitle, int port, Path store, AutoCloseable process) implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String SENDER = "BENCH";
    private static final int MOST_HEADER = 16 * 1024;

    /** {@code rigatino serve} in the role of the listener, with PostgreSQL and Kafka. */
    static Receiver rigatino(Path folder) throws IOException {
        int[] ports = Ports.free(4);
        Map<String, String> settings = new HashMap<>();
        settings.put("rigatino.roles", "listener");
        settings.put("rigatino.embedded.postgres-port", Integer.toString(ports[2]));
        settings.put("rigatino.embedded.kafka-port", Integer.toString(ports[3]));
        // No study ends while it is still being sent.
        settings.put("rigatino.ingest.quiet-period", "PT1M");
        ServeProcess serve = ServeProcess.start(ServeProcess.sameJava(), folder, ports[0], ports[1], settings);
        return new Receiver("rigatino", ServeProcess.AE_TITLE, ports[0], folder.resolve("instances"), serve);
    }

    /** DCMTK's {@code storescp --fork}, as it is without other options. */
    static Receiver storescp(Path folder) throws IOException {
        Path store = Files.createDirectories(folder.resolve("instances"));
        int port = Ports.free(1)[0];
        ChildProcess process = ChildProcess.start(
                "storescp",
                folder,
                folder.resolve("storescp.log"),
                List.of("storescp", "--fork", "-aet", "STORESCP", "-od", store.toString(), Integer.toString(port)));
        Receiver receiver = new Receiver("storescp", "STORESCP", port, store, process);
        process.until("answering C-ECHO", START_LIMIT, receiver::answersEcho);
        return receiver;
    }

    static Receiver orthanc(Path folder) throws IOException {
        int[] ports = Ports.free(3);
        Orthanc orthanc = Orthanc.start(folder, ports[0], ports[1], Map.of(SENDER, ports[2]));
        return new Receiver("orthanc", Orthanc.AE_TITLE, ports[0], folder.resolve("storage"), orthanc);
    }

    private boolean answersEcho() throws IOException {
        VerificationScu.echo(new RemoteNode("127.0.0.1", port, aeTitle, SENDER, START_LIMIT, START_LIMIT));
        return true;
    }

    /** Files of the size of a generated instance that it keeps; Orthanc's index, beside them, grows through that size. */
    long kept() throws IOException {
        long pixels = CtStudy.SIDE * CtStudy.SIDE * 2L;
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("index"))
                    .mapToLong(file -> file.toFile().length())
                    .filter(length -> length > pixels && length < pixels + MOST_HEADER)
                    .count();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            process.close();
        } catch (Exception e) {
            throw new IOException(name + " does not stop: " + e.getMessage(), e);
        }
    }
}
