package org.rigatino.proof.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.embedded.EmbeddedPostgres;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.ChildProcess;
import org.rigatino.proof.demo.Orthanc;
import org.rigatino.proof.demo.ServeProcess;

/**
 * Listener, workers, broker, database and PACS, a process each, with a {@link Link} on every DICOM connection between
 * them. Not safe for use by several threads.
 */
final class Deployment implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final String SENDER = "MODALITY";

    private final Path folder;
    private final List<String> java;
    private final Disk disk;
    private final Storing storing;
    private final int[] ports;
    private final Link toListener;
    private final Link toPacs;
    private final Link reports;
    private final ServeProcess[] workers;
    private ChildProcess broker;
    private ChildProcess database;
    private ServeProcess listener;
    private Orthanc pacs;

    private Deployment(Path folder, List<String> java, int workers, Disk disk, Storing storing) throws IOException {
        this.folder = folder;
        this.java = java;
        this.disk = disk;
        this.storing = storing;
        this.workers = new ServeProcess[workers];
        ports = Ports.free(9 + 2 * workers);
        toListener = Link.start(ports[5], ports[0], uid -> {});
        toPacs = Link.start(ports[6], storing == Storing.C_STORE ? ports[2] : ports[8], this::takeBack);
        reports = Link.start(ports[7], ports[0], uid -> {});
    }

    /** @param java the program with its options, up to and without the command */
    static Deployment start(Path folder, List<String> java, int workers, Disk disk, Storing storing)
            throws IOException {
        Deployment deployment = new Deployment(folder, java, workers, disk, storing);
        try {
            deployment.startDatabase();
            deployment.startBroker();
            deployment.startPacs();
            deployment.startListener();
            for (int i = 0; i < workers; i++) {
                deployment.startWorker(i);
            }
            return deployment;
        } catch (IOException | RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    /** The PACS keeps nothing that its sender is told it refused, where it is up. */
    private void takeBack(String sopInstanceUid) {
        try {
            pacs.delete(sopInstanceUid);
        } catch (IOException e) {
            // It was killed at this moment: the sender repeats what an archive has, which archives must stand.
        }
    }

    private ChildProcess part(String part, int port) throws IOException {
        List<String> command = new ArrayList<>(java);
        Path data = Files.createDirectories(folder.resolve(part)).toAbsolutePath();
        command.addAll(List.of("embedded", part, "--data", data.toString(), "--port", Integer.toString(port)));
        Path log = data.resolve("embedded.log");
        Files.writeString(log, "");
        ChildProcess process = ChildProcess.start("the " + part, folder, log, command);
        process.until("answering", START_LIMIT, () -> Files.readString(log).contains("answers on port"));
        return process;
    }

    void startDatabase() throws IOException {
        database = part("postgres", ports[3]);
    }

    void startBroker() throws IOException {
        broker = part("kafka", ports[4]);
    }

    void startPacs() throws IOException {
        Map<String, Integer> peers = Map.of(ServeProcess.AE_TITLE, ports[7], SENDER, ports[5]);
        Map<String, Object> settings = storing == Storing.STOW_RS ? Orthanc.dicomWeb() : Map.of();
        pacs = Orthanc.start(folder.resolve("orthanc").toAbsolutePath(), ports[2], ports[8], peers, settings);
    }

    void startListener() throws IOException {
        listener = serve("listener", "listener,web", ports[0], ports[1]);
    }

    void startWorker(int number) throws IOException {
        workers[number] = serve("worker-" + number, "worker", ports[9 + 2 * number], ports[10 + 2 * number]);
    }

    private ServeProcess serve(String name, String roles, int dicomPort, int httpPort) throws IOException {
        Map<String, String> settings = new HashMap<>(destination());
        settings.put("rigatino.roles", roles);
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + ports[4]);
        settings.putAll(databaseSettings());
        settings.put("rigatino.ingest.quiet-period", "PT2S");
        settings.put("rigatino.ingest.republish-after", "PT15S");
        settings.put("rigatino.deliver.retry.first", "PT0.5S");
        settings.put("rigatino.deliver.retry.longest", "PT3S");
        settings.put("rigatino.deliver.retry.rejections", "3");
        settings.put("rigatino.deliver.commitment.same-association", "PT1S");
        settings.put("rigatino.deliver.commitment.timeout", "PT5S");
        // The disk is to be filled to its last byte.
        settings.put("rigatino.ingest.keep-free", "0");
        settings.put("rigatino.ingest.store", disk.folder().resolve("instances").toString());
        settings.put(
                "rigatino.deliver.outputs", disk.folder().resolve("outputs").toString());
        return ServeProcess.start(java, folder.resolve(name), dicomPort, httpPort, settings);
    }

    private Map<String, String> destination() {
        return storing == Storing.C_STORE
                ? ServeProcess.deliverTo(ports[6])
                : Map.of(
                        "rigatino.deliver.destinations.pacs.url",
                        "http://127.0.0.1:" + ports[6] + "/dicom-web",
                        "rigatino.deliver.destinations.pacs.response-timeout",
                        "PT15S");
    }

    private Map<String, String> databaseSettings() throws IOException {
        return EmbeddedPostgres.settings(folder.resolve("postgres").resolve("postgres"), jdbcUrl());
    }

    /** As the application's role. */
    Connection connect() throws IOException, SQLException {
        Map<String, String> settings = databaseSettings();
        return DriverManager.getConnection(
                jdbcUrl(), settings.get("quarkus.datasource.username"), settings.get("quarkus.datasource.password"));
    }

    private String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + ports[3] + "/postgres";
    }

    String brokerAddress() {
        return "127.0.0.1:" + ports[4];
    }

    /** Where senders connect. */
    int dicomPort() {
        return ports[5];
    }

    static String senderAeTitle() {
        return SENDER;
    }

    int workers() {
        return workers.length;
    }

    Storing storing() {
        return storing;
    }

    Disk disk() {
        return disk;
    }

    Link toListener() {
        return toListener;
    }

    Link toPacs() {
        return toPacs;
    }

    Link reports() {
        return reports;
    }

    ServeProcess listener() {
        return listener;
    }

    Orthanc pacs() {
        return pacs;
    }

    void killListener() {
        listener.process().kill();
    }

    void killWorker(int number) {
        workers[number].process().kill();
    }

    void stopWorker(int number) {
        workers[number].close();
    }

    void stopBroker() {
        broker.close();
    }

    void killBroker() {
        broker.kill();
    }

    void stopDatabase() {
        database.close();
    }

    /** The server too, which outlives the process that started it. */
    void killDatabase() {
        List<ProcessHandle> servers = database.handle().descendants().toList();
        database.kill();
        servers.forEach(ProcessHandle::destroyForcibly);
    }

    void killPacs() {
        pacs.kill();
    }

    @Override
    public void close() throws IOException {
        for (ServeProcess worker : workers) {
            close(worker);
        }
        close(listener);
        close(pacs);
        close(broker);
        close(database);
        toListener.close();
        toPacs.close();
        reports.close();
    }

    private static void close(AutoCloseable part) throws IOException {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
