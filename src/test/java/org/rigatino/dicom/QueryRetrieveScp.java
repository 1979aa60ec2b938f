package org.rigatino.dicom;

import static org.rigatino.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rigatino.Patience;

/** DCMTK's dcmqrscp as a process: an archive with C-STORE, C-FIND and C-MOVE, and without DICOMweb. */
public final class QueryRetrieveScp implements AutoCloseable {
    public static final String AE_TITLE = "OLDPACS";

    private final Process process;
    private final RemoteNode node;

    private QueryRetrieveScp(Process process, RemoteNode node) {
        this.process = process;
        this.node = node;
    }

    /** @param destinations port on this machine by AE title, for C-MOVE */
    public static QueryRetrieveScp start(Path folder, int port, Map<String, Integer> destinations) throws IOException {
        Tool.assumeInstalled("dcmqrscp");
        Path storage = Files.createDirectories(folder.resolve("storage"));
        String hosts = destinations.entrySet().stream()
                .map(host -> host.getKey().toLowerCase() + " = (" + host.getKey() + ", 127.0.0.1, " + host.getValue()
                        + ")\n")
                .collect(Collectors.joining());
        Path configuration = Files.writeString(
                folder.resolve("dcmqrscp.cfg"),
                "NetworkTCPPort = " + port + "\nMaxPDUSize = 16384\nMaxAssociations = 16\nHostTable BEGIN\n" + hosts
                        + "HostTable END\nVendorTable BEGIN\nVendorTable END\nAETable BEGIN\n" + AE_TITLE + " "
                        + storage
                        + " RW (200, 1024mb) ANY\nAETable END\n");
        Process process = new ProcessBuilder("dcmqrscp", "-v", "-c", configuration.toString(), "" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dcmqrscp.log").toFile())
                .start();
        RemoteNode node = new RemoteNode("127.0.0.1", port, AE_TITLE, "FILLER", Patience.STEP, Patience.STEP);
        await().failFast("dcmqrscp has ended, see " + folder, () -> !process.isAlive())
                .ignoreExceptions()
                .untilAsserted(() -> VerificationScu.echo(node));
        return new QueryRetrieveScp(process, node);
    }

    public void add(List<Path> files) throws IOException {
        try (StorageScu scu = StorageScu.open(node, files)) {
            for (Path file : files) {
                if (!scu.store(file).isSuccess()) {
                    throw new IOException("dcmqrscp does not take " + file);
                }
            }
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
