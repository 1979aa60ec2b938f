package org.rigatino.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.TestJvm;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.ServeProcess;

/** What is slower than the senders slows them down, and takes no memory: with the packaged jar as a process. */
class BackPressureIT {
    private static final int SENDERS = 8;

    @TempDir
    Path folder;

    static List<String> java(String heap) {
        return TestJvm.ofJar(heap, "-XX:+ExitOnOutOfMemoryError");
    }

    /** The database is there and does not answer, as on a machine that swaps or whose disk hangs. */
    @Test
    void aStalledDatabaseIsToldToTheSendersAndTakesNoMemory() throws Exception {
        int[] ports = Ports.free(4);
        Map<String, String> settings = Map.of(
                "rigatino.roles",
                "listener",
                "rigatino.embedded.postgres-port",
                "" + ports[2],
                "rigatino.embedded.kafka-port",
                "" + ports[3],
                "rigatino.ingest.commit-timeout",
                "PT2S");
        try (ServeProcess serve =
                ServeProcess.start(java("-Xmx400m"), folder.resolve("serve"), ports[0], ports[1], settings)) {
            List<Path> files = instances();
            assertThat(send(ports[0], files)).containsOnly(StoreStatus.SUCCESS);
            Usage before = new Usage(serve.process().handle().pid());
            before.look();
            List<ProcessHandle> database = database(serve);
            signal("STOP", database);
            Usage stalled = new Usage(serve.process().handle().pid());
            try {
                for (int round = 0; round < 3; round++) {
                    assertThat(send(ports[0], files)).containsOnly(StoreStatus.OUT_OF_RESOURCES);
                }
                stalled.look();
            } finally {
                signal("CONT", database);
            }
            assertThat(stalled.live()).isLessThan(before.live() + 20);
            await().untilAsserted(() -> assertThat(send(ports[0], files)).containsOnly(StoreStatus.SUCCESS));
        }
    }

    /** Half a megabyte each, a study of its own for each sender. */
    private List<Path> instances() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            Path study = folder.resolve("input-" + sender);
            new CtStudy("back-pressure-" + sender).write(study, 1);
            files.add(study.resolve("1.dcm"));
        }
        return files;
    }

    /** All at once, an association each. */
    static List<StoreStatus> send(int port, List<Path> files) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(files.size());
        try {
            List<Callable<StoreStatus>> tasks = new ArrayList<>();
            for (Path file : files) {
                tasks.add(() -> send(port, file));
            }
            List<StoreStatus> statuses = new ArrayList<>();
            for (Future<StoreStatus> status : senders.invokeAll(tasks)) {
                statuses.add(status.get());
            }
            return statuses;
        } finally {
            senders.shutdownNow();
        }
    }

    private static StoreStatus send(int port, Path file) throws IOException {
        RemoteNode node =
                new RemoteNode("127.0.0.1", port, ServeProcess.AE_TITLE, "SENDER", Patience.STEP, Patience.STEP);
        try (StorageScu scu = StorageScu.open(node, List.of(file))) {
            return scu.store(file);
        }
    }

    private static List<ProcessHandle> database(ServeProcess serve) {
        List<ProcessHandle> database = serve.process()
                .handle()
                .descendants()
                .filter(BackPressureIT::isPostgres)
                .toList();
        assertThat(database).isNotEmpty();
        return database;
    }

    /** Also where another account runs it, whose programs are not told. */
    private static boolean isPostgres(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm"))
                    .startsWith("postgres");
        } catch (IOException e) {
            return false;
        }
    }

    static void signal(String name, List<ProcessHandle> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
