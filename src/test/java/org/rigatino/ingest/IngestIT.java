package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.dicom.TransferSyntax;

/** From C-STORE to {@code StudyReady}, with the real database, broker and DCMTK. */
@QuarkusTest
@QuarkusTestResource(value = RunningParts.class, restrictToAnnotatedClass = true)
class IngestIT {
    @Inject
    IngestService ingest;

    @Inject
    IngestConfiguration configuration;

    @Inject
    DataSource database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @TempDir
    Path folder;

    @Test
    void a_study_becomes_ready_once_and_is_published_under_its_uid() throws Exception {
        Tool.assumeInstalled("storescu");
        List<InstanceFile> files = List.of(
                InstanceFile.write(folder, "whole", "1", "a"),
                InstanceFile.write(folder, "whole", "2", "a"),
                InstanceFile.write(folder, "whole", "3", "a"));
        Tool.runSuccessfully("storescu", "-aec", "RIGATINO", "+sd", "127.0.0.1", "" + ingest.port(), folder.toString());
        String study = files.get(0).studyUid();
        awaitState(study, 1, "READY");
        await().until(() -> count("study where study_instance_uid = ? and published_at is not null", study) == 1);
        assertThat(count("instance i join study s on s.id = i.study_id where s.study_instance_uid = ?", study))
                .isEqualTo(3);
        assertThat(published(study)).hasSize(1).first().asString().contains(study, "\"revision\":1");
        assertThat(count("audit_event where kind = 'STUDY_READY' and study_instance_uid = ?", study))
                .isEqualTo(1);
    }

    @Test
    void what_the_record_names_is_on_disk_with_its_digest() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "durable", "1", "a");
        assertThat(send("ANY", file)).containsExactly(StoreStatus.SUCCESS);
        String location = text("select location from instance where sop_instance_uid = ?", file.sopUid());
        String sha256 = text("select sha256 from instance where sop_instance_uid = ?", file.sopUid());
        assertThat(sha256(configuration.store().resolve(location))).isEqualTo(sha256);
    }

    @Test
    void an_instance_sent_again_is_success_and_nothing_new() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "again", "1", "a");
        assertThat(send("ANY", file)).containsExactly(StoreStatus.SUCCESS);
        awaitState(file.studyUid(), 1, "READY");
        assertThat(send("OTHER", file)).containsExactly(StoreStatus.SUCCESS);
        assertThat(count("study where study_instance_uid = ?", file.studyUid())).isEqualTo(1);
        assertThat(count("instance where sop_instance_uid = ?", file.sopUid())).isEqualTo(1);
    }

    @Test
    void other_bytes_under_a_known_uid_are_refused_and_audited_and_the_association_lives_on() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "conflict", "1", "a");
        InstanceFile other = InstanceFile.write(folder, "conflict", "1", "b");
        InstanceFile next = InstanceFile.write(folder, "conflict", "2", "a");
        assertThat(send("ANY", first, other, next))
                .containsExactly(StoreStatus.SUCCESS, StoreStatus.DUPLICATE_SOP_INSTANCE, StoreStatus.SUCCESS);
        assertThat(count("audit_event where kind = 'INSTANCE_REFUSED' and subject = ?", first.sopUid()))
                .isEqualTo(1);
        assertThat(storedFiles(first)).hasSize(2);
    }

    @Test
    void the_same_instance_from_many_associations_at_once_is_kept_once() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "race", "1", "a");
        ExecutorService senders = Executors.newFixedThreadPool(12);
        try {
            List<Callable<List<StoreStatus>>> tasks = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                tasks.add(() -> send("ANY", file));
            }
            for (Future<List<StoreStatus>> statuses : senders.invokeAll(tasks)) {
                assertThat(statuses.get()).containsExactly(StoreStatus.SUCCESS);
            }
        } finally {
            senders.shutdownNow();
        }
        assertThat(count("instance where sop_instance_uid = ?", file.sopUid())).isEqualTo(1);
        assertThat(storedFiles(file)).hasSize(1);
        String location = text("select location from instance where sop_instance_uid = ?", file.sopUid());
        assertThat(sha256(configuration.store().resolve(location)))
                .isEqualTo(text("select sha256 from instance where sop_instance_uid = ?", file.sopUid()));
    }

    @Test
    void a_late_instance_opens_the_next_revision() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "late", "1", "a");
        send("ANY", first);
        awaitState(first.studyUid(), 1, "READY");
        send("ANY", InstanceFile.write(folder, "late", "2", "a"));
        awaitState(first.studyUid(), 2, "READY");
        await().until(() -> published(first.studyUid()).size() == 2);
    }

    @Test
    void an_output_of_our_own_is_recorded_and_opens_nothing() throws Exception {
        InstanceFile source = InstanceFile.write(folder, "own", "1", "a");
        send("ANY", source);
        awaitState(source.studyUid(), 1, "READY");
        InstanceFile own = InstanceFile.write(folder, "own", "overlay", "a", "Rigatino");
        assertThat(send("ANY", own)).containsExactly(StoreStatus.SUCCESS);
        assertThat(count("study where study_instance_uid = ?", source.studyUid()))
                .isEqualTo(1);
        assertThat(text("select outcome from instance where sop_instance_uid = ?", own.sopUid()))
                .isEqualTo("OWN_OUTPUT");
        assertThat(count("audit_event where kind = 'OWN_OUTPUT_RECEIVED' and subject = ?", own.sopUid()))
                .isEqualTo(1);
    }

    @Test
    void a_study_of_own_outputs_alone_ends_refused_and_is_never_published() throws Exception {
        InstanceFile own = InstanceFile.write(folder, "ownonly", "overlay", "a", "Rigatino");
        send("ANY", own);
        awaitState(own.studyUid(), 1, "REFUSED");
        InstanceFile real = InstanceFile.write(folder, "ownonly", "1", "a");
        send("ANY", real);
        awaitState(own.studyUid(), 2, "READY");
        await().until(() -> published(own.studyUid()).size() == 1);
        assertThat(published(own.studyUid()).get(0)).contains("\"revision\":2");
    }

    @Test
    void a_quiet_period_of_its_own_holds_for_a_sender() throws Exception {
        InstanceFile slow = InstanceFile.write(folder, "slow", "1", "a");
        InstanceFile fast = InstanceFile.write(folder, "fast", "1", "a");
        send("SLOW", slow);
        send("ANY", fast);
        awaitState(fast.studyUid(), 1, "READY");
        assertThat(state(slow.studyUid(), 1)).isEqualTo("RECEIVING");
        awaitState(slow.studyUid(), 1, "READY");
        assertThat(count(
                        "study where study_instance_uid = ? and ready_at - last_received_at >= interval '6 s'",
                        slow.studyUid()))
                .isEqualTo(1);
    }

    /** A file where a folder should be is trouble that any user and any file system can have. */
    @Test
    void a_store_in_trouble_is_told_to_the_sender_and_the_association_lives_on() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "trouble", "1", "a");
        InstanceFile second = InstanceFile.write(folder, "trouble", "2", "a");
        Path study = configuration.store().resolve(first.studyUid());
        Files.writeString(study, "in the way");
        try (StorageScu scu = StorageScu.open(node("ANY"), List.of(first.path()))) {
            assertThat(scu.store(first.path())).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
            assertThat(count("instance where sop_instance_uid = ?", first.sopUid()))
                    .isZero();
            Files.delete(study);
            assertThat(scu.store(first.path())).isEqualTo(StoreStatus.SUCCESS);
            assertThat(scu.store(second.path())).isEqualTo(StoreStatus.SUCCESS);
        }
        try (Stream<Path> incoming = Files.list(configuration.store().resolve("incoming"))) {
            assertThat(incoming).isEmpty();
        }
    }

    @Test
    void a_database_in_trouble_is_told_to_the_sender_and_the_association_lives_on() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "database", "1", "a");
        try (StorageScu scu = StorageScu.open(node("ANY"), List.of(file.path()))) {
            execute("alter table instance rename to instance_away");
            try {
                assertThat(scu.store(file.path())).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
            } finally {
                execute("alter table instance_away rename to instance");
            }
            assertThat(scu.store(file.path())).isEqualTo(StoreStatus.SUCCESS);
        }
        assertThat(count("instance where sop_instance_uid = ?", file.sopUid())).isEqualTo(1);
    }

    @Test
    void a_dataset_without_a_study_is_refused_as_not_understood_and_audited() throws Exception {
        Path file = folder.resolve("nostudy.dcm");
        Dataset dataset = new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "1.2.826.0.1.77")
                .put(Tag.SeriesInstanceUID, "1.2.826.0.1.78");
        Files.write(file, dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        assertThat(send("ANY", new InstanceFile(file, "", "", ""))).containsExactly(StoreStatus.CANNOT_UNDERSTAND);
        assertThat(count("audit_event where kind = 'INSTANCE_REFUSED' and subject = ?", "1.2.826.0.1.77"))
                .isEqualTo(1);
    }

    @Test
    void a_dataset_that_is_not_the_one_announced_is_refused() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "mismatch", "1", "a");
        byte[] bytes = Files.readAllBytes(file.path());
        byte[] uid = file.sopUid().getBytes(StandardCharsets.US_ASCII);
        int inMeta = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(file.sopUid());
        bytes[inMeta + uid.length - 1] ^= 1;
        Files.write(file.path(), bytes);
        assertThat(send("ANY", file)).containsExactly(StoreStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS);
        assertThat(count("instance where sop_instance_uid = ?", file.sopUid())).isZero();
    }

    /** As a process leaves it that is killed between the two: whoever comes next publishes. */
    @Test
    void what_was_ready_before_a_crash_is_published_after_it() throws Exception {
        execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at, ready_at)"
                + " values ('1.2.826.0.1.99', 1, 'READY', now(), now(), now())");
        await().until(() -> published("1.2.826.0.1.99").size() == 1);
        await().until(() ->
                count("study where study_instance_uid = ? and published_at is not null", "1.2.826.0.1.99") == 1);
    }

    private void execute(String statement) throws Exception {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute(statement);
        }
    }

    private RemoteNode node(String callingAeTitle) {
        return new RemoteNode(
                "127.0.0.1", ingest.port(), "RIGATINO", callingAeTitle, Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    private List<StoreStatus> send(String callingAeTitle, InstanceFile... files) throws IOException {
        List<Path> paths = List.of(files).stream().map(InstanceFile::path).toList();
        List<StoreStatus> statuses = new ArrayList<>();
        try (StorageScu scu = StorageScu.open(node(callingAeTitle), paths)) {
            for (Path path : paths) {
                statuses.add(scu.store(path));
            }
        }
        return statuses;
    }

    private List<Path> storedFiles(InstanceFile file) throws IOException {
        Path series = configuration.store().resolve(file.studyUid()).resolve(file.seriesUid());
        try (var files = Files.list(series)) {
            return files.toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void awaitState(String study, int revision, String state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(state(study, revision)).isEqualTo(state));
    }

    private String state(String study, int revision) throws Exception {
        return text("select state from study where study_instance_uid = ? and revision = " + revision, study);
    }

    private long count(String from, String parameter) throws Exception {
        return Long.parseLong(text("select count(*) from " + from, parameter));
    }

    private String text(String query, String parameter) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private List<String> published(String study) {
        List<String> bodies = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("rigatino.studies").stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(200))) {
                    if (event.key().equals(study)) {
                        bodies.add(event.value());
                    }
                }
            }
        }
        return bodies;
    }
}
