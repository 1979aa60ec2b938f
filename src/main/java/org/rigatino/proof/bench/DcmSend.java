package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** DCMTK's {@code dcmsend}, several at once, an association each. */
final class DcmSend {
    private static final long LIMIT_MINUTES = 10;

    private DcmSend() {}

    /**
     * Sends each folder over an association of its own, all at once.
     *
     * @return seconds from the start of the first sender to the end of the last
     * @throws IOException where any instance is not answered with success
     */
    static double send(List<Path> folders, String calledAe, int port) throws IOException {
        List<Process> senders = new ArrayList<>();
        long start = System.nanoTime();
        try {
            for (Path folder : folders) {
                senders.add(start(folder, calledAe, port));
            }
            for (int i = 0; i < senders.size(); i++) {
                await(senders.get(i), log(folders.get(i)));
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            senders.forEach(Process::destroyForcibly);
        }
    }

    private static Process start(Path folder, String calledAe, int port) throws IOException {
        List<String> command = List.of(
                "dcmsend",
                "-aet",
                "BENCH",
                "-aec",
                calledAe,
                "127.0.0.1",
                Integer.toString(port),
                "+sd",
                "+r",
                folder.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile())
                .start();
    }

    private static Path log(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    private static void await(Process sender, Path log) throws IOException {
        try {
            if (!sender.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("dcmsend had not ended after " + LIMIT_MINUTES + " minutes; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending", e);
        }
        if (sender.exitValue() != 0) {
            throw new IOException("dcmsend ended with " + sender.exitValue() + "; see " + log);
        }
    }
}
