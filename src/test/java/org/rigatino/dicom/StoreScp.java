package org.rigatino.dicom;

import static org.rigatino.Patience.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** DCMTK's storescp as a process, writing to a folder. */
public final class StoreScp implements AutoCloseable {
    private final Process process;
    private final int port;

    private StoreScp(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static StoreScp start(Path folder, String... options) throws IOException {
        return start(Tool.freePort(), folder, options);
    }

    public static StoreScp start(int port, Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("storescp", "-od", folder.toString()));
        command.addAll(List.of(options));
        command.add("" + port);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().until(() -> accepts(port));
        return new StoreScp(process, port);
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
