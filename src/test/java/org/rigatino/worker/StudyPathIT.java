package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.audit.AuditChain;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.demo.Orthanc;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.IngestProbe;
import org.rigatino.ingest.StudyReady;

/** From C-STORE to two archives and back, with every part real. */
@QuarkusTest
@QuarkusTestResource(value = RunningWorker.class, restrictToAnnotatedClass = true)
class StudyPathIT {
    private static final JsonSchema RESULT = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Path.of("docs/schemas/study-result-v1.schema.json").toUri());
    private static final Duration LONG = Duration.ofSeconds(90);

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    StudyPipeline pipeline;

    @Inject
    DataSource database;

    @Inject
    IngestProbe owner;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @TempDir
    Path folder;

    private final Map<String, Orthanc> archives = new HashMap<>();

    @BeforeEach
    void startArchives() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "orthanc is not installed");
        startArchive("pacs");
        startArchive("other");
    }

    private void startArchive(String destination) throws IOException {
        archives.put(
                destination,
                Orthanc.start(
                        folder.resolve(destination),
                        deliver.destinations().get(destination).port(),
                        Tool.freePort(),
                        Map.of(deliver.aeTitle(), ingest.port())));
    }

    @AfterEach
    void stopArchives() {
        archives.values().forEach(Orthanc::close);
    }

    @Test
    void studyComesBackToEveryArchiveAndIsConfirmed() throws Exception {
        MrStudy study = new MrStudy(folder, "whole").slice().slice().slice();
        send(study);
        JsonPath shown = awaitState(study, "CONFIRMED");
        assertThat(shown.getInt("[0].study.imagesSeen")).isEqualTo(3);
        assertThat(shown.getInt("[0].study.imagesRestored")).isEqualTo(3);
        assertThat(shown.getList("[0].findings")).hasSize(3);
        assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'pacs' }.confirmedBy"))
                .hasSize(3)
                .containsOnly("STORAGE_COMMITMENT");
        assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'other' }.confirmedBy"))
                .hasSize(3)
                .containsOnly("QUERY");
        List<String> overlays = shown.getList("[0].outputs.findAll { it.kind == 'SECONDARY_CAPTURE' }.sopInstanceUid");
        assertThat(archives.get("pacs").instancesOf(study.uid())).containsExactlyInAnyOrderElementsOf(overlays);
        assertThat(archives.get("other").instancesOf(study.uid())).containsExactlyInAnyOrderElementsOf(overlays);
        awaitResult(study, "CONFIRMED");
        JsonPath listed = awaitListed(study, shown.getString("[0].study.priority"));
        assertThat(listed.getInt("imagesRestored")).isEqualTo(3);
        assertThat(listed.getDouble("reason.percentile")).isEqualTo(shown.getDouble("[0].study.percentile"));
        assertThat(shown.getList("[0].instances.sopInstanceUid")).contains(listed.getString("reason.sopInstanceUid"));
        assertThat(verifyAudit().problem()).isNull();
    }

    @Test
    void secondRunOfAStudyWritesNothingNew() throws Exception {
        MrStudy study = new MrStudy(folder, "again").slice().slice();
        send(study);
        JsonPath first = awaitState(study, "CONFIRMED");
        StudyReady ready =
                new StudyReady(study.uid(), 1, ingest.store().toAbsolutePath().toString());
        pipeline.process(ready);
        assertThat(show(study).prettify()).isEqualTo(first.prettify());

        update(
                "update instance set outcome = 'PENDING' where study_id in"
                        + " (select id from study where study_instance_uid = ?)",
                study.uid());
        update("update study set state = 'READY', version = version + 1 where study_instance_uid = ?", study.uid());
        pipeline.process(ready);
        JsonPath second = awaitState(study, "CONFIRMED");
        for (String rows : List.of("[0].findings", "[0].outputs", "[0].deliveries.sopInstanceUid")) {
            assertThat((Object) second.get(rows)).as(rows).isEqualTo(first.get(rows));
        }
    }

    @Test
    void patientsThatDifferAreRefused() throws Exception {
        MrStudy study = new MrStudy(folder, "mixed").slice().sliceOfAnotherPatient();
        send(study);
        JsonPath shown = awaitState(study, "REFUSED");
        assertThat(shown.getString("[0].study.refusalRule")).isEqualTo("patient-identity");
        assertThat(shown.getList("[0].outputs")).isEmpty();
        assertThat(shown.getList("[0].findings")).isEmpty();
        awaitResult(study, "REFUSED");
    }

    @Test
    void studyComesBackWithoutItsBrokenInstance() throws Exception {
        MrStudy study = new MrStudy(folder, "broken").slice().truncatedSlice().slice();
        send(study);
        JsonPath shown = awaitState(study, "CONFIRMED");
        assertThat(shown.getList("[0].instances.outcome")).containsExactlyInAnyOrder("RESTORED", "FAILED", "RESTORED");
        assertThat(shown.getString("[0].instances.find { it.outcome == 'FAILED' }.outcomeReason"))
                .isNotBlank();
        assertThat(shown.getList("[0].outputs.kind"))
                .containsExactlyInAnyOrder(
                        "SECONDARY_CAPTURE", "SECONDARY_CAPTURE", "RESTORED_IMAGE", "RESTORED_IMAGE");
    }

    @Test
    void ineligibleStudyIsRefusedByItsRule() throws Exception {
        MrStudy study = new MrStudy(folder, "ineligible").sliceOfAnotherModality();
        send(study);
        assertThat(awaitState(study, "REFUSED").getString("[0].study.refusalRule"))
                .isEqualTo("modality");
    }

    @Test
    void studyWithNothingReadableFails() throws Exception {
        MrStudy study = new MrStudy(folder, "unreadable").truncatedSlice();
        send(study);
        assertThat(awaitState(study, "FAILED").getString("[0].study.failedStage"))
                .isEqualTo("image");
    }

    @Test
    void unreadableEventBlocksNoOther() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new StringSerializer())) {
            for (int partition = 0;
                    partition < producer.partitionsFor("rigatino.studies").size();
                    partition++) {
                producer.send(new ProducerRecord<>("rigatino.studies", partition, null, "not json"))
                        .get();
                producer.send(new ProducerRecord<>("rigatino.studies", partition, null, null))
                        .get();
            }
        }
        MrStudy study = new MrStudy(folder, "after").slice();
        send(study);
        awaitState(study, "CONFIRMED");
        assertThat(count("select count(*) from audit_event where kind = 'EVENT_REFUSED'"))
                .isGreaterThanOrEqualTo(2);
    }

    /** Its results cannot be written, for as long as the trigger is there. */
    @Test
    void poisonStudyBlocksNoOtherAndIsReplayedOnceItsCauseIsMended() throws Exception {
        MrStudy poison = new MrStudy(folder, "poison").slice();
        owner.execute("create function refuse_poison() returns trigger language plpgsql as $$ begin"
                + " if exists (select 1 from study where id = new.study_id and study_instance_uid = '" + poison.uid()
                + "') then raise exception 'poison'; end if; return new; end $$");
        owner.execute("create trigger poison before insert on output for each row execute function refuse_poison()");
        MrStudy other = new MrStudy(folder, "behind").slice();
        try {
            send(poison);
            send(other);
            awaitState(other, "CONFIRMED");
            assertThat(awaitState(poison, "FAILED").getString("[0].study.failedStage"))
                    .isEqualTo("record");
            assertThat(awaitListed(poison, "UNJUDGED").getString("trouble.stage"))
                    .isEqualTo("record");
        } finally {
            owner.execute("drop trigger poison on output");
        }
        given().post("/api/studies/" + poison.uid() + "/replay").then().statusCode(200);
        JsonPath replayed = awaitState(poison, "CONFIRMED");
        assertThat((Object) awaitListed(poison, replayed.getString("[0].study.priority"))
                        .get("trouble"))
                .isNull();
        given().post("/api/studies/" + poison.uid() + "/replay").then().statusCode(409);
        assertThat(given().get("/api/studies/" + poison.uid() + "/audit").asString())
                .contains("STUDY_REPLAYED");
    }

    @Test
    void archiveThatIsDownGetsItsOverlaysLaterAndBlocksNoOther() throws Exception {
        archives.remove("pacs").close();
        MrStudy study = new MrStudy(folder, "later").slice().slice();
        send(study);
        await().atMost(LONG).untilAsserted(() -> {
            JsonPath shown = show(study);
            assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'other' }.state"))
                    .hasSize(2)
                    .containsOnly("CONFIRMED");
            assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'pacs' }.lastError"))
                    .hasSize(2)
                    .doesNotContainNull();
        });
        assertThat(show(study).getString("[0].study.state")).isEqualTo("DELIVERING");
        given().get("/q/health/live").then().statusCode(200);
        startArchive("pacs");
        awaitState(study, "CONFIRMED");
        assertThat(archives.get("pacs").instancesOf(study.uid())).hasSize(2);
    }

    /** Of earlier revisions, as after rigatino.retention.instances, only the record is left. */
    @Test
    void aLateInstanceOfAnotherPatientIsRefusedThoughTheEarlierFilesAreGone() throws Exception {
        MrStudy study = new MrStudy(folder, "late-other").slice();
        send(study);
        awaitState(study, "CONFIRMED");
        deleteInstances(study);
        send(late(Map.of(Tag.PatientID, "ANOTHER", Tag.SOPInstanceUID, "2.25.101")));
        assertThat(awaitState(study, "REFUSED").getList("study.refusalRule")).containsExactly(null, "patient-identity");
        deleteInstances(study);
        send(late(Map.of(Tag.SOPInstanceUID, "2.25.102")));
        await().atMost(LONG).untilAsserted(() -> assertThat(show(study).getList("study.refusalRule"))
                .containsExactly(null, "patient-identity", "patient-identity"));
    }

    private MrStudy late(Map<Integer, String> changes) throws IOException {
        return new MrStudy(folder, "late-other").slice(slice -> {
            changes.forEach(slice::put);
            return slice;
        });
    }

    private void deleteInstances(MrStudy study) throws IOException {
        FileUtils.deleteDirectory(ingest.store().resolve(study.uid()).toFile());
    }

    private void send(MrStudy study) throws IOException {
        study.send(new RemoteNode(
                "127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Duration.ofSeconds(5), Duration.ofSeconds(30)));
    }

    private JsonPath awaitState(MrStudy study, String state) {
        await().atMost(LONG).untilAsserted(() -> assertThat(
                        given().get("/api/studies/" + study.uid()).asString())
                .contains("\"state\":\"" + state + "\",\"refusalRule\""));
        return show(study);
    }

    private static JsonPath awaitListed(MrStudy study, String priority) {
        String path = "/api/worklist/" + study.uid();
        await().atMost(LONG).untilAsserted(() -> given().get(path)
                .then()
                .statusCode(200)
                .body("priority", equalTo(priority), "state", equalTo("OPEN")));
        return given().get(path).jsonPath();
    }

    private static JsonPath show(MrStudy study) {
        return given().get("/api/studies/" + study.uid())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void awaitResult(MrStudy study, String outcome) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("rigatino.results").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(event -> {
                    if (study.uid().equals(event.key())) {
                        values.add(event.value());
                    }
                });
                return values.stream().anyMatch(value -> value.contains("\"outcome\":\"" + outcome + "\""));
            });
        }
        values.forEach(value ->
                assertThat(RESULT.validate(value, InputFormat.JSON)).as(value).isEmpty());
        assertThat(values).noneMatch(value -> value.contains("TEST^"));
    }

    private AuditChain.Verification verifyAudit() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return AuditChain.verify(connection);
        }
    }

    private void update(String sql, String studyUid) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, studyUid);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
