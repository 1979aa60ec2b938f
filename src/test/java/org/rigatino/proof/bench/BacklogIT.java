package org.rigatino.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.TestJvm;
import org.rigatino.dicom.DicomListener;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.ChildProcess;
import org.rigatino.proof.demo.ServeProcess;
import org.rigatino.worker.Archives;

/**
 * Studies that pile up behind a broker that stalls, or behind a restorer slower than the senders, wait in the database
 * and on the disk: with the packaged jar as processes, the broker one of its own.
 */
class BacklogIT {
    private static final Duration LONG = Patience.PROCESS;
    /** That the restorer waits for each image. */
    private static final int MILLISECONDS = 300;

    private static final int SIDE = 512;
    private static final int SLICES = 2;
    /** Megabytes; the pixels of a backlog are more than that. */
    private static final double GROWTH = 12;

    @TempDir
    static Path folder;

    private static String broker;
    private static int dicomPort;
    private static int pacsPort;
    private static List<MrStudy> first;
    private static ChildProcess kafka;
    private static ServeProcess serve;

    @BeforeAll
    static void start() throws Exception {
        int[] ports = Ports.free(4);
        broker = "127.0.0.1:" + ports[0];
        dicomPort = ports[1];
        List<String> command = new ArrayList<>(BackPressureIT.java("-Xmx300m"));
        command.addAll(
                List.of("embedded", "kafka", "--data", folder.resolve("kafka").toString()));
        command.addAll(List.of("--port", Integer.toString(ports[0])));
        Path log = folder.resolve("kafka.log");
        kafka = ChildProcess.start("Kafka", Path.of("").toAbsolutePath(), log, command);
        kafka.until("ready", LONG, () -> Files.readString(log).contains("KAFKA answers on port"));
        writeRelease(folder.resolve("models"));
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                broker,
                "rigatino.ingest.quiet-period",
                "PT1S",
                "rigatino.bench.stand-in",
                "true",
                "rigatino.restore.models",
                folder.resolve("models").toString()));
        // Nobody listens there at first.
        pacsPort = ports[3];
        settings.putAll(ServeProcess.deliverTo(pacsPort));
        settings.put("rigatino.deliver.destinations.pacs.commitment", "none");
        settings.put("rigatino.deliver.retry.longest", "PT1S");
        serve = ServeProcess.start(
                BackPressureIT.java("-Xmx400m"), folder.resolve("serve"), dicomPort, ports[2], settings);
        first = studies("first", 8);
        assertThat(send(first)).containsOnly(StoreStatus.SUCCESS);
        awaitRestored(first);
    }

    /** Writes the stand-in in a JVM of its own: one JVM loads PyTorch for one class loader alone. */
    static final class Release {
        private Release() {}

        public static void main(String[] arguments) throws IOException {
            StandIn.write(Path.of(arguments[0]), MILLISECONDS, 0);
        }
    }

    private static void writeRelease(Path models) throws Exception {
        List<String> command = TestJvm.of(Release.class);
        command.add(models.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @AfterAll
    static void stop() {
        Stream.of(serve, kafka).filter(part -> part != null).forEach(BacklogIT::close);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRestorerSlowerThanTheSendersTakesNoMemoryForWhatWaits() throws Exception {
        Usage before = look();
        List<MrStudy> studies = studies("behind-restorer", 16);
        assertThat(send(studies)).containsOnly(StoreStatus.SUCCESS);
        await().atMost(LONG).until(() -> restored(studies) > 0);
        Usage during = look();
        assertThat(restored(studies)).as("restored when memory was looked at").isLessThan(studies.size() / 2);
        assertThat(during.live()).isLessThan(before.live() + GROWTH);
        awaitRestored(studies);
    }

    /** It takes connections and answers nothing, as one whose disk hangs, while results of deliveries are to be told. */
    @Test
    void aStalledBrokerHoldsUpNoSenderAndNoDeliveryAndTakesNoMemory() throws Exception {
        Usage before = look();
        List<ProcessHandle> stalled = List.of(kafka.handle());
        List<MrStudy> studies = studies("behind-broker", 16);
        BackPressureIT.signal("STOP", stalled);
        try (DicomListener pacs = Archives.answering(pacsPort, (request, dataset) -> StoreStatus.SUCCESS)) {
            await().atMost(LONG).until(() -> in(first, Set.of("DELIVERED")) == first.size());
            assertThat(send(studies)).containsOnly(StoreStatus.SUCCESS);
            await().atMost(LONG).until(() -> in(studies, Set.of("READY")) == studies.size());
            assertThat(look().live()).isLessThan(before.live() + GROWTH);
        } finally {
            BackPressureIT.signal("CONT", stalled);
        }
        await().atMost(LONG).until(() -> published().containsAll(uids(studies)));
        awaitRestored(studies);
    }

    private static Usage look() throws IOException {
        Usage usage = new Usage(serve.process().handle().pid());
        usage.look();
        return usage;
    }

    private static List<MrStudy> studies(String name, int count) throws IOException {
        List<MrStudy> studies = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            MrStudy study = new MrStudy(name + "-" + number, SIDE);
            study.write(folder.resolve("input").resolve(study.name()), SLICES);
            studies.add(study);
        }
        return studies;
    }

    /** Eight senders at once, an instance an association. */
    private static List<StoreStatus> send(List<MrStudy> studies) throws Exception {
        List<StoreStatus> statuses = new ArrayList<>();
        for (int slice = 1; slice <= SLICES; slice++) {
            for (int at = 0; at < studies.size(); at += 8) {
                List<Path> files = new ArrayList<>();
                for (MrStudy study : studies.subList(at, Math.min(at + 8, studies.size()))) {
                    files.add(folder.resolve("input").resolve(study.name()).resolve(slice + ".dcm"));
                }
                statuses.addAll(BackPressureIT.send(dicomPort, files));
            }
        }
        return statuses;
    }

    private static void awaitRestored(List<MrStudy> studies) {
        await().pollInterval(Duration.ofMillis(500)).atMost(LONG).until(() -> restored(studies) == studies.size());
    }

    /** Its overlays may wait for an archive that is away. */
    private static int restored(List<MrStudy> studies) throws IOException {
        return in(studies, Set.of("RESTORED", "DELIVERING", "DELIVERED"));
    }

    private static int in(List<MrStudy> studies, Set<String> states) throws IOException {
        Map<String, JsonNode> all = serve.studies();
        return (int) studies.stream()
                .map(study -> all.get(study.uid()))
                .filter(study ->
                        study != null && states.contains(study.path("state").asText()))
                .count();
    }

    private static List<String> uids(List<MrStudy> studies) {
        return studies.stream().map(MrStudy::uid).toList();
    }

    private static Set<String> published() {
        Set<String> keys = new HashSet<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("rigatino.studies").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            await().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(event -> keys.add(event.key()));
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
        }
        return keys;
    }
}
