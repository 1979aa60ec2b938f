package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;

/** Storage and Verification, both roles, against DCMTK and against ourselves. */
class StorageAssociationIT {
    @TempDir
    Path folder;

    @Test
    void a_stop_lets_an_association_go_on_to_its_end_and_takes_no_other() throws Exception {
        Path file = Samples.sendable().get(0);
        try (Listening listening = new Listening(folder);
                StorageScu scu = StorageScu.open(listening.node(), List.of(file))) {
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> {
                try {
                    listening.listener().drain(Patience.STEP);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().until(() -> !listening.listener().isListening());
            assertThat(scu.store(file)).isEqualTo(StoreStatus.SUCCESS);
            assertThatThrownBy(() -> StorageScu.open(listening.node(), List.of(file)))
                    .isInstanceOf(DicomException.class);
            assertThat(stop).isNotDone();
            scu.close();
            stop.get(Patience.SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void every_sample_arrives_byte_for_byte_from_our_own_sender() throws Exception {
        try (Listening listening = new Listening(folder)) {
            for (Path file : Samples.sendable()) {
                try (StorageScu scu = StorageScu.open(listening.node(), List.of(file))) {
                    assertThat(scu.store(file)).as(file.toString()).isEqualTo(StoreStatus.SUCCESS);
                }
                String uid = FileMeta.read(file).sopInstanceUid();
                assertThat(listening.received.get(uid)).as(file.toString()).hasBinaryContent(Samples.dataset(file));
                assertThat(lastRequest(listening).transferSyntaxUid())
                        .isEqualTo(FileMeta.read(file).transferSyntaxUid());
            }
            assertThat(transferSyntaxes(listening)).hasSizeGreaterThanOrEqualTo(14);
        }
    }

    private static StoreRequest lastRequest(Listening listening) {
        return listening.requests.get(listening.requests.size() - 1);
    }

    private static Set<String> transferSyntaxes(Listening listening) {
        return Set.copyOf(listening.requests.stream()
                .map(StoreRequest::transferSyntaxUid)
                .distinct()
                .toList());
    }

    /** Whatever dcmsend makes of a file, DCMTK's own bit-preserving storescp and our listener receive the same bytes. */
    @Test
    void what_dcmsend_sends_arrives_as_at_dcmtks_own_bit_preserving_receiver() throws Exception {
        Tool.assumeInstalled("dcmsend", "storescp");
        Path reference = Files.createDirectory(folder.resolve("reference"));
        int compared = 0;
        try (Listening listening = new Listening(folder);
                StoreScp storescp = StoreScp.start(reference, "--bit-preserving", "+xa")) {
            for (Collection<Path> files : ofDifferentUids(Samples.sendable())) {
                listening.received.clear();
                dcmsend(storescp.port(), files);
                dcmsend(listening.port(), files);
                Map<String, Path> there = byUid(reference);
                assertThat(listening.received).containsOnlyKeys(there.keySet());
                for (Map.Entry<String, Path> file : there.entrySet()) {
                    // A sample has a UID in its data set that storescp's own file cannot be read by.
                    if (!file.getKey().contains(".01.")) {
                        assertThat(listening.received.get(file.getKey()))
                                .as(file.getValue().toString())
                                .hasBinaryContent(Samples.dataset(file.getValue()));
                        compared++;
                    }
                    Files.delete(file.getValue());
                }
            }
            assertThat(transferSyntaxes(listening)).hasSizeGreaterThanOrEqualTo(10);
        }
        assertThat(compared).isGreaterThan(200);
    }

    /** As few groups as there are files of one UID: a process for each file takes longer than what it sends. */
    private static List<Collection<Path>> ofDifferentUids(List<Path> files) throws IOException {
        List<Map<String, Path>> groups = new ArrayList<>();
        for (Path file : files) {
            String uid = FileMeta.read(file).sopInstanceUid();
            Map<String, Path> group = groups.stream()
                    .filter(uids -> !uids.containsKey(uid))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new LinkedHashMap<>());
                        return groups.get(groups.size() - 1);
                    });
            group.put(uid, file);
        }
        return groups.stream().map(Map::values).toList();
    }

    /** Goes on after a file that cannot be sent. */
    private static void dcmsend(int port, Collection<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("dcmsend", "-aec", Listening.AE_TITLE, "-dn", "-nuc", "-nh", "127.0.0.1", "" + port));
        files.forEach(file -> command.add(file.toString()));
        Tool.run(command.toArray(String[]::new));
    }

    private static Path only(Path directory) throws IOException {
        return byUid(directory).values().iterator().next();
    }

    /** By the names that storescp gives, MODALITY.UID. */
    private static Map<String, Path> byUid(Path directory) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            for (Path file : found) {
                String name = file.getFileName().toString();
                files.put(name.substring(name.indexOf('.') + 1), file);
            }
        }
        return files;
    }

    @Test
    void echoscu_is_answered() throws Exception {
        Tool.assumeInstalled("echoscu");
        try (Listening listening = new Listening(folder)) {
            Tool.runSuccessfully("echoscu", "-aec", Listening.AE_TITLE, "127.0.0.1", "" + listening.port());
        }
    }

    @Test
    void another_called_ae_title_is_rejected_with_its_reason() throws Exception {
        Tool.assumeInstalled("echoscu");
        try (Listening listening = new Listening(folder)) {
            Tool.Result result = Tool.run("echoscu", "-aec", "OTHER", "127.0.0.1", "" + listening.port());
            assertThat(result.exitCode()).isNotZero();
            assertThat(result.output()).contains("Called AE Title Not Recognized");
        }
    }

    @Test
    void a_calling_ae_title_that_is_not_allowed_is_rejected_with_its_reason() throws Exception {
        Tool.assumeInstalled("echoscu");
        ListenerRules rules = Listening.rules(Set.of("SCANNER"), 10, Patience.STEP);
        try (Listening listening = new Listening(folder, rules)) {
            String port = "" + listening.port();
            Tool.runSuccessfully("echoscu", "-aet", "SCANNER", "-aec", Listening.AE_TITLE, "127.0.0.1", port);
            Tool.Result result = Tool.run("echoscu", "-aet", "PRINTER", "-aec", Listening.AE_TITLE, "127.0.0.1", port);
            assertThat(result.exitCode()).isNotZero();
            assertThat(result.output()).contains("Calling AE Title Not Recognized");
        }
    }

    @Test
    void associations_beyond_the_limit_are_rejected_as_transient_and_their_place_is_freed() throws Exception {
        Path file = Samples.file("single/MR_small.dcm");
        ListenerRules rules = Listening.rules(Set.of(), 2, Patience.STEP);
        try (Listening listening = new Listening(folder, rules)) {
            try (StorageScu first = StorageScu.open(listening.node(), List.of(file));
                    StorageScu second = StorageScu.open(listening.node(), List.of(file))) {
                assertThatThrownBy(() -> VerificationScu.echo(listening.node()))
                        .isInstanceOfSatisfying(AssociationRejectedException.class, e -> assertThat(e.isTransient())
                                .isTrue())
                        .hasMessageContaining("local limit exceeded");
                assertThat(first.store(file)).isEqualTo(StoreStatus.SUCCESS);
                assertThat(second.store(file)).isEqualTo(StoreStatus.SUCCESS);
            }
            await().untilAsserted(() ->
                    assertThat(listening.listener().associations()).isZero());
            VerificationScu.echo(listening.node());
        }
    }

    @Test
    void dozens_of_parallel_associations_deliver_everything() throws Exception {
        List<Path> files = distinct(Samples.sendable()).subList(0, 40);
        ExecutorService senders = Executors.newFixedThreadPool(40);
        ListenerRules rules = Listening.rules(Set.of(), 40, Patience.STEP);
        try (Listening listening = new Listening(folder, rules)) {
            List<Callable<StoreStatus>> tasks = new ArrayList<>();
            for (Path file : files) {
                tasks.add(() -> {
                    try (StorageScu scu = StorageScu.open(listening.node(), List.of(file))) {
                        return scu.store(file);
                    }
                });
            }
            for (Future<StoreStatus> status : senders.invokeAll(tasks)) {
                assertThat(status.get()).isEqualTo(StoreStatus.SUCCESS);
            }
            await().untilAsserted(() ->
                    assertThat(listening.listener().associations()).isZero());
            for (Path file : files) {
                assertThat(listening.received.get(FileMeta.read(file).sopInstanceUid()))
                        .hasBinaryContent(Samples.dataset(file));
            }
        } finally {
            senders.shutdownNow();
        }
    }

    /** Some samples share a SOP Instance UID. */
    private static List<Path> distinct(List<Path> files) throws DicomException {
        Map<String, Path> byUid = new LinkedHashMap<>();
        for (Path file : files) {
            byUid.putIfAbsent(FileMeta.read(file).sopInstanceUid(), file);
        }
        return List.copyOf(byUid.values());
    }

    @Test
    void storescp_receives_what_we_send() throws Exception {
        Tool.assumeInstalled("storescp");
        Path reference = Files.createDirectory(folder.resolve("reference"));
        List<Path> files = List.of(Samples.file("single/MR_small.dcm"), Samples.file("single/CT-JPEGLosslessSV1.dcm"));
        try (StoreScp storescp = StoreScp.start(reference, "--bit-preserving", "+xa")) {
            RemoteNode node = Listening.node(storescp.port(), "ANY");
            VerificationScu.echo(node);
            for (Path file : files) {
                try (StorageScu scu = StorageScu.open(node, files)) {
                    assertThat(scu.store(file)).isEqualTo(StoreStatus.SUCCESS);
                }
                assertThat(Samples.dataset(only(reference))).isEqualTo(Samples.dataset(file));
                Files.delete(only(reference));
            }
        }
    }
}
