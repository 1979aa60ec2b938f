package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.audit.AuditChain;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomListener;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StoreHandler;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.IngestProbe;
import org.rigatino.ingest.StudyReady;
import org.rigatino.proof.demo.Orthanc;

/** From C-STORE to two archives and back, with every part real. */
@QuarkusTest
@WithTestResource(RunningWorker.class)
class StudyPathIT {
    private static final String ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1";
    private static final Duration LONG = StudyProbe.LONG;

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    StudyWorker worker;

    @Inject
    DataSource database;

    @Inject
    IngestProbe owner;

    @Inject
    StudyProbe studies;

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
        studies.send(study);
        JsonPath shown = studies.awaitState(study, "CONFIRMED");
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
        studies.awaitResult(study, "CONFIRMED");
        JsonPath listed = awaitListed(study, shown.getString("[0].study.priority"));
        assertThat(listed.getInt("imagesRestored")).isEqualTo(3);
        assertThat(listed.getDouble("reason.percentile")).isEqualTo(shown.getDouble("[0].study.percentile"));
        assertThat(shown.getList("[0].instances.sopInstanceUid")).contains(listed.getString("reason.sopInstanceUid"));
        assertThat(verifyAudit().problem()).isNull();
    }

    /** In silence: the study, its objects and its place on the list are those of the release that serves. */
    @Test
    void aReleaseInShadowJudgesTheStudyAndServesOncePromoted() throws Exception {
        MrStudy study = new MrStudy(folder, "shadowed").slice().slice();
        study.send(new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "AGAIN", Patience.STEP, Patience.STEP));
        JsonPath before = studies.awaitState(study, "CONFIRMED");
        assertThat(before.getList("[0].findings.modelVersion")).containsOnly("1");
        MrStudy next = new MrStudy(folder, "promoted").slice().slice().slice();
        String judged =
                "select count(*)::text from shadow_finding f join release_run r on r.id = f.run_id join study s on"
                        + " s.id = r.study_id where s.study_instance_uid = '" + study.uid() + "'";
        await().atMost(LONG).untilAsserted(() -> assertThat(text(judged)).isEqualTo("2"));
        assertThat(studies.show(study).prettify()).isEqualTo(before.prettify());
        JsonPath releases =
                given().get("/api/releases").then().statusCode(200).extract().jsonPath();
        String shadow = releases.getString("find { it.version == '" + RunningWorker.SHADOW + "' }.digest");
        String serving = releases.getString("find { it.version == '1' }.digest");
        JsonPath beside =
                given().get("/api/releases/" + shadow + "/comparisons").jsonPath();
        assertThat(beside.getInt("[0].images.all")).isGreaterThanOrEqualTo(2);
        assertThat(beside.getInt("[0].images.shadowAlone") + beside.getInt("[0].images.otherAlone"))
                .as("neither flags any")
                .isZero();
        assertThat(beside.getDouble("[0].otherCost.drawingSeconds")).isPositive();

        act(shadow, "promote", "[]").statusCode(409);
        act(shadow, "promote", "[\"" + serving + "\"]").statusCode(200);
        try {
            studies.send(next);
            assertThat(studies.awaitState(next, "CONFIRMED").getList("[0].findings.modelVersion"))
                    .containsOnly(RunningWorker.SHADOW);
            assertThat(studies.show(study).getList("[0].findings.modelVersion")).containsOnly("1");
            killedBetweenFilesAndCommit(next);
            judgedAgain(study, before);
        } finally {
            act(shadow, "withdraw", "[\"" + serving + "\"]").statusCode(200);
        }
        studies.update(
                "update study set state = 'FAILED', failed_stage = 'deliver', failure_cause = 'gone', version = version + 1"
                        + " where study_instance_uid = ?",
                next);
        studies.replay(next);
        JsonPath after = studies.awaitState(next, "CONFIRMED");
        assertThat(after.getList("[0].findings.modelVersion")).hasSize(3).containsOnly("1");
        List<String> standing = after.getList("[0].outputs.findAll { it.stands }.modelVersion");
        List<String> withdrawn = after.getList("[0].outputs.findAll { !it.stands }.modelVersion");
        assertThat(standing).isNotEmpty().containsOnly("1");
        assertThat(withdrawn).hasSameSizeAs(standing).containsOnly(RunningWorker.SHADOW);
        assertThat(studies.audit(next)).contains("RESULTS_WITHDRAWN", "/" + RunningWorker.SHADOW, "pacs: ");
        assertThat(verifyAudit().problem()).isNull();
    }

    /** As a worker leaves it that is killed when its files are written and nothing is on record: each slice is joined as before. */
    private void killedBetweenFilesAndCommit(MrStudy study) throws Exception {
        String joined = "select string_agg(concat_ws(': ', f.score, f.joined_with), '; ' order by i.id) from finding f"
                + " join instance i on i.id = f.instance_id join study s on s.id = i.study_id where"
                + " s.study_instance_uid = '" + study.uid() + "'";
        String first = text(joined);
        List<String> objects = studies.show(study).getList("[0].outputs.sopInstanceUid");
        assertThat(first.split(", ")).as("the middle one has two neighbours").hasSize(2);
        assertThat(first.split(": ")).as("each is joined").hasSize(4);
        owner.execute("update worklist_entry set finding_id = null where study_instance_uid = '" + study.uid()
                + "'; delete from delivery where study_id in (select id from study where study_instance_uid = '"
                + study.uid()
                + "'); delete from output_finding where output_id in (select o.id from output o join study s"
                + " on s.id = o.study_id where s.study_instance_uid = '" + study.uid() + "'); delete from output where"
                + " study_id in (select id from study where study_instance_uid = '" + study.uid() + "'); delete from"
                + " finding where instance_id in (select i.id from instance i join study s on s.id = i.study_id where"
                + " s.study_instance_uid = '" + study.uid() + "')");
        studies.update(
                "update instance set outcome = 'PENDING' where study_id in"
                        + " (select id from study where study_instance_uid = ?)",
                study);
        studies.update(
                "update study set state = 'RESTORING', ended_at = null, version = version + 1 where study_instance_uid = ?",
                study);
        worker.process(
                new StudyReady(study.uid(), 1, ingest.store().toAbsolutePath().toString()));
        JsonPath second = studies.awaitState(study, "CONFIRMED");
        assertThat(text(joined)).isEqualTo(first);
        assertThat(second.getList("[0].outputs.sopInstanceUid")).containsExactlyInAnyOrderElementsOf(objects);
        for (String object : objects) {
            assertThat(made(object)).as("of each object the same bytes").hasSize(1);
        }
    }

    /** New objects under new UIDs in new series; the earlier ones are superseded, and the study counts once. */
    private void judgedAgain(MrStudy study, JsonPath before) throws Exception {
        String choice = "?receivedFrom=2026-01-01&callingAeTitle=AGAIN";
        JsonPath preview = given().get("/api/reruns/preview" + choice)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(preview.getInt("studies")).isOne();
        assertThat(preview.getInt("images")).isEqualTo(2);
        assertThat(preview.getDouble("seconds")).isPositive();
        given().get("/api/reruns/preview?sender=TEST").then().statusCode(400);
        for (String refused : List.of("", "?all=false", "?receivedFrom=", "?sender=TEST", choice + "&all=true")) {
            given().post("/api/reruns" + refused).then().statusCode(400);
        }
        given().contentType("application/json")
                .body("{\"callingAeTitle\": \"AGAIN\"}")
                .post("/api/reruns?all=true")
                .then()
                .statusCode(400);
        int run = given().post("/api/reruns" + choice)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        await().atMost(LONG).untilAsserted(() -> assertThat(
                        given().get("/api/reruns/" + run).<String>path("state"))
                .isEqualTo("DONE"));
        JsonPath ended = given().get("/api/reruns/" + run).jsonPath();
        assertThat(ended.getList("failures")).isEmpty();
        assertThat(ended.getInt("progress.done")).isOne();
        await().atMost(LONG).untilAsserted(() -> assertThat(studies.show(study).getString("[1].study.state"))
                .isEqualTo("CONFIRMED"));
        JsonPath after = studies.show(study);
        assertThat(after.getInt("[0].study.supersededBy")).isEqualTo(2);
        assertThat(after.getInt("[1].study.rerun")).isEqualTo(run);
        assertThat(after.getList("[0].study.judgedBy.modelVersion"))
                .containsExactly(before.getString("[0].outputs[0].modelVersion"));
        assertThat(after.getList("[1].study.judgedBy.modelVersion")).containsExactly(RunningWorker.SHADOW);
        assertThat(after.getList("[1].deliveries.modelVersion")).isNotEmpty().containsOnly(RunningWorker.SHADOW);
        assertThat(ended.getInt("progress.delivered") + ended.getInt("progress.delivering"))
                .isOne();
        assertThat(after.getList("[0].findings")).isEmpty();
        assertThat(after.getList("[1].findings.modelVersion")).hasSize(2).containsOnly(RunningWorker.SHADOW);
        assertThat(after.getList("[0].outputs.stands")).containsOnly(false);
        assertThat(after.getList("[1].outputs.stands")).containsOnly(true);
        List<String> series = after.getList("[1].outputs.seriesInstanceUid");
        assertThat(series).isNotEmpty().doesNotContainAnyElementsOf(before.getList("[0].outputs.seriesInstanceUid"));
        List<String> overlays = after.getList("[1].outputs.findAll { it.kind == 'SECONDARY_CAPTURE' }.sopInstanceUid");
        assertThat(archives.get("pacs").instancesOf(study.uid())).hasSize(4).containsAll(overlays);
        JsonPath listed = awaitListed(study, after.getString("[1].study.priority"));
        assertThat(listed.getInt("imagesRestored")).isEqualTo(2);
        assertThat(listed.getInt("revision")).isEqualTo(2);
        assertThat(text("select count(*)::text from study where rerun_id is not null and published_at is not null"))
                .as("live work alone goes by events")
                .isEqualTo("0");
        assertThat(studies.audit(study)).contains("STUDY_JUDGED_ANEW", "RESULTS_WITHDRAWN");
    }

    private static ValidatableResponse act(String digest, String act, String others) {
        String losses = given().get("/api/releases")
                .jsonPath()
                .getString("find { it.digest == '" + digest + "' }.lossesSha256");
        return given().contentType(ContentType.JSON)
                .body("{\"others\":" + others + ",\"acceptLosses\":\"" + losses + "\"}")
                .post("/api/releases/" + digest + "/" + act)
                .then();
    }

    @Test
    void secondRunOfAStudyWritesNothingNew() throws Exception {
        MrStudy study = new MrStudy(folder, "again").slice().slice();
        studies.send(study);
        JsonPath first = studies.awaitState(study, "CONFIRMED");
        String time = "select content_at::text || content_offset_seconds from study where study_instance_uid = '"
                + study.uid() + "'";
        String recorded = text(time);
        StudyReady ready =
                new StudyReady(study.uid(), 1, ingest.store().toAbsolutePath().toString());
        worker.process(ready);
        assertThat(studies.show(study).prettify()).isEqualTo(first.prettify());

        studies.update(
                "update instance set outcome = 'PENDING' where study_id in"
                        + " (select id from study where study_instance_uid = ?)",
                study);
        studies.update("update study set state = 'READY', version = version + 1 where study_instance_uid = ?", study);
        worker.process(ready);
        JsonPath second = studies.awaitState(study, "CONFIRMED");
        for (String rows : List.of("[0].findings", "[0].outputs", "[0].deliveries.sopInstanceUid")) {
            assertThat((Object) second.get(rows)).as(rows).isEqualTo(first.get(rows));
        }
        assertThat(text(time)).isEqualTo(recorded).isNotNull();
        List<String> objects = second.getList("[0].outputs.sopInstanceUid");
        for (String object : objects) {
            List<Path> made = made(object);
            assertThat(made).as("each bytes have a file").hasSize(1);
            assertThat(Dataset.readHeader(made.get(0)).require(Tag.ContentDate)).isGreaterThan("20250101");
        }
    }

    private List<Path> made(String sopInstanceUid) throws IOException {
        try (Stream<Path> files = Files.walk(deliver.outputs())) {
            return files.filter(file -> file.getFileName().toString().startsWith(sopInstanceUid + "-"))
                    .toList();
        }
    }

    /** With the study, as DCMTK makes a presentation state of its image, and after it. */
    @Test
    void whatIsNoImageIsKeptOutOfTheWayAndSaidSo() throws Exception {
        Tool.assumeInstalled("dcmpsmk", "pdf2dcm");
        MrStudy study = new MrStudy(folder, "no-images").slice();
        Path state = folder.resolve("state.dcm");
        Tool.runSuccessfully("dcmpsmk", study.files().get(0).toString(), state.toString());
        Path letter = Files.writeString(folder.resolve("letter.pdf"), "%PDF-1.4\n%%EOF\n");
        Path document = folder.resolve("document.dcm");
        Tool.runSuccessfully("pdf2dcm", "+st", study.files().get(0).toString(), letter.toString(), document.toString());
        studies.send(study.add(state).add(document).withoutImage("1.2.840.10008.5.1.4.1.1.88.59", "MR"));
        JsonPath shown = studies.awaitState(study, "CONFIRMED");
        assertThat(shown.getList("[0].instances.outcome"))
                .containsExactlyInAnyOrder("RESTORED", "REFUSED", "REFUSED", "REFUSED");
        assertThat(shown.getList("[0].instances.findAll { it.outcome == 'REFUSED' }.outcomeReason"))
                .containsOnly("no-image");
        assertThat(shown.getList("[0].instances.findAll { it.outcome == 'REFUSED' }.outcomeDetail")
                        .toString())
                .contains(
                        "presentation state (SOP class 1.2.840.10008.5.1.4.1.1.11.1)",
                        "encapsulated document",
                        "key object selection");
        assertThat(shown.getInt("[0].study.imagesSeen")).isEqualTo(1);
        assertThat(studies.audit(study)).contains("1 of 1 images restored");
        JsonPath listed = awaitListed(study, shown.getString("[0].study.priority"));

        MrStudy later = new MrStudy(folder, "no-images");
        study.files().forEach(later::add);
        studies.send(later.withoutImage("1.2.840.10008.5.1.4.1.1.88.33", "SR"));
        await().atMost(LONG).untilAsserted(() -> assertThat(studies.show(study).getList("study.refusalRule"))
                .containsExactly(null, "no-image"));
        JsonPath after = studies.show(study);
        assertThat(after.getList("study.state")).containsExactly("CONFIRMED", "REFUSED");
        assertThat(after.getList("study.wayOn")).containsOnlyNulls();
        JsonPath still = given().get("/api/worklist/" + study.uid()).jsonPath();
        for (String value : List.of("priority", "state", "imagesSeen", "imagesRestored", "reason", "waitingSince")) {
            assertThat((Object) still.get(value)).as(value).isEqualTo(listed.get(value));
        }
        assertThat((Object) still.get("trouble")).isNull();
        assertThat((Object) still.get("reopenedAt")).isNull();
    }

    @Test
    void patientsThatDifferAreRefused() throws Exception {
        MrStudy study = new MrStudy(folder, "mixed").slice().sliceOfAnotherPatient();
        studies.send(study);
        JsonPath shown = studies.awaitState(study, "REFUSED");
        assertThat(shown.getString("[0].study.refusalRule")).isEqualTo("patient-identity");
        assertThat(shown.getList("[0].outputs")).isEmpty();
        assertThat(shown.getList("[0].findings")).isEmpty();
        studies.awaitResult(study, "REFUSED");
    }

    @Test
    void studyComesBackWithoutItsBrokenInstance() throws Exception {
        MrStudy study = new MrStudy(folder, "broken").slice().truncatedSlice().slice();
        studies.send(study);
        JsonPath shown = studies.awaitState(study, "CONFIRMED");
        assertThat(shown.getList("[0].instances.outcome")).containsExactlyInAnyOrder("RESTORED", "FAILED", "RESTORED");
        assertThat(shown.getString("[0].instances.find { it.outcome == 'FAILED' }.outcomeReason"))
                .isNotBlank();
        assertThat(shown.getList("[0].outputs.kind"))
                .containsExactlyInAnyOrder(
                        "SECONDARY_CAPTURE", "SECONDARY_CAPTURE", "RESTORED_IMAGE", "RESTORED_IMAGE");
    }

    /** Whatever the event says of the place, files are read below this worker's own store, and only as received. */
    @Test
    void aFileThatIsNotAsReceivedFailsItsStudy() throws Exception {
        MrStudy study = new MrStudy(folder, "altered").slice().slice();
        studies.send(study);
        studies.awaitState(study, "CONFIRMED");
        studies.update(
                "update instance set outcome = 'PENDING' where study_id in"
                        + " (select id from study where study_instance_uid = ?)",
                study);
        studies.update("update study set state = 'READY', version = version + 1 where study_instance_uid = ?", study);
        Path file;
        try (Stream<Path> stored = Files.walk(ingest.store().resolve(study.uid()))) {
            file = stored.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        worker.process(new StudyReady(study.uid(), 1, "/nowhere"));

        JsonPath shown = studies.awaitState(study, "FAILED");
        assertThat(shown.getString("[0].study.failedStage")).isEqualTo("image");
        assertThat(shown.getString("[0].study.failureCause")).contains("has sha256", "received was");
    }

    @Test
    void framesOfOneInstanceAreRecordedEachByItsRule() throws Exception {
        MrStudy study = new MrStudy(folder, "mixed-frames").slice(slice -> slice.put(Tag.SOPClassUID, ENHANCED_MR)
                .put(Tag.ImageType, "MIXED", "PRIMARY", "MIXED", "MIXED")
                .put(Tag.NumberOfFrames, 2)
                .put(Tag.Rows, 32)
                .putItems(Tag.PerFrameFunctionalGroupsSequence, List.of(frame("ORIGINAL"), frame("DERIVED"))));
        studies.send(study);
        JsonPath shown = studies.awaitState(study, "CONFIRMED");
        assertThat(shown.getList("[0].instances.outcome")).containsExactly("RESTORED");
        assertThat(shown.getString("[0].instances[0].outcomeDetail"))
                .startsWith("frame 2: image-type: Frame Type DERIVED\\PRIMARY\\BRAIN\\NONE");
        assertThat(shown.getList("[0].findings.frameNumber")).containsExactly(1);
        assertThat(studies.audit(study)).contains("1 frames of 1 of them refused (image-type)");
    }

    private static Dataset frame(String type) {
        return new Dataset()
                .putItems(
                        Tag.MRImageFrameTypeSequence,
                        List.of(new Dataset().put(Tag.FrameType, type, "PRIMARY", "BRAIN", "NONE")))
                .putItems(
                        Tag.PlaneOrientationSequence,
                        List.of(new Dataset().put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")))
                .putItems(
                        Tag.PlanePositionSequence, List.of(new Dataset().put(Tag.ImagePositionPatient, "0", "0", "1")));
    }

    @Test
    void ineligibleStudyIsRefusedByItsRule() throws Exception {
        MrStudy study = new MrStudy(folder, "ineligible").sliceOfAnotherModality();
        studies.send(study);
        assertThat(studies.awaitState(study, "REFUSED").getString("[0].study.refusalRule"))
                .isEqualTo("modality");
    }

    @Test
    void studyWithNothingReadableFails() throws Exception {
        MrStudy study = new MrStudy(folder, "unreadable").truncatedSlice();
        studies.send(study);
        assertThat(studies.awaitState(study, "FAILED").getString("[0].study.failedStage"))
                .isEqualTo("image");
    }

    @Test
    void aTruncatedInstanceSentWholeUnderANewUidComesBack() throws Exception {
        MrStudy study = new MrStudy(folder, "sent-anew").truncatedSlice();
        studies.send(study);
        assertThat(studies.awaitState(study, "FAILED").getString("[0].study.failureCause"))
                .contains("send it again whole, under a new SOP Instance UID");
        studies.send(study.slice());
        studies.awaitState(study, "CONFIRMED");
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
                String nul = "{\"studyInstanceUid\":\"2.25.1\\u0000\",\"revision\":1,\"instanceStore\":\"/store\"}";
                producer.send(new ProducerRecord<>("rigatino.studies", partition, null, nul))
                        .get();
            }
        }
        MrStudy study = new MrStudy(folder, "after").slice();
        studies.send(study);
        studies.awaitState(study, "CONFIRMED");
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
            studies.send(poison);
            studies.send(other);
            studies.awaitState(other, "CONFIRMED");
            assertThat(studies.awaitState(poison, "FAILED").getString("[0].study.failedStage"))
                    .isEqualTo("record");
            assertThat(awaitListed(poison, "UNJUDGED").getString("trouble.stage"))
                    .isEqualTo("record");
        } finally {
            owner.execute("drop trigger poison on output");
        }
        studies.replay(poison);
        JsonPath replayed = studies.awaitState(poison, "CONFIRMED");
        assertThat((Object) awaitListed(poison, replayed.getString("[0].study.priority"))
                        .get("trouble"))
                .isNull();
        given().post("/api/studies/" + poison.uid() + "/replay").then().statusCode(409);
        assertThat(studies.audit(poison)).contains("STUDY_REPLAYED");
    }

    @Test
    void archiveThatIsDownGetsItsOverlaysLaterAndBlocksNoOther() throws Exception {
        archives.remove("pacs").close();
        MrStudy study = new MrStudy(folder, "later").slice().slice();
        studies.send(study);
        await().atMost(LONG).untilAsserted(() -> {
            JsonPath shown = studies.show(study);
            assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'other' }.state"))
                    .hasSize(2)
                    .containsOnly("CONFIRMED");
            assertThat(shown.getList("[0].deliveries.findAll { it.destination == 'pacs' }.lastError"))
                    .hasSize(2)
                    .doesNotContainNull();
        });
        assertThat(studies.show(study).getString("[0].study.state")).isEqualTo("DELIVERING");
        given().get("/q/health/live").then().statusCode(200);
        startArchive("pacs");
        studies.awaitState(study, "CONFIRMED");
        assertThat(archives.get("pacs").instancesOf(study.uid())).hasSize(2);
    }

    /** Of earlier revisions, as after rigatino.retention.instances, only the record is left. */
    @Test
    void aLateInstanceOfAnotherPatientIsRefusedThoughTheEarlierFilesAreGone() throws Exception {
        MrStudy study = new MrStudy(folder, "late-other").slice();
        studies.send(study);
        studies.awaitState(study, "CONFIRMED");
        deleteInstances(study);
        studies.send(late(Map.of(Tag.PatientID, "ANOTHER", Tag.SOPInstanceUID, "2.25.101")));
        assertThat(studies.awaitState(study, "REFUSED").getList("study.refusalRule"))
                .containsExactly(null, "patient-identity");
        deleteInstances(study);
        studies.send(late(Map.of(Tag.SOPInstanceUID, "2.25.102")));
        await().atMost(LONG).untilAsserted(() -> assertThat(studies.show(study).getList("study.refusalRule"))
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

    @Test
    void aDestinationThatTakesConnectionsAndIsSilentDelaysNoOther() throws Exception {
        archives.remove("other").close();
        int port = deliver.destinations().get("other").port();
        try (ServerSocket silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout((int) LONG.toMillis());
            MrStudy first = new MrStudy(folder, "silence").slice();
            studies.send(first);
            try (Socket held = silent.accept()) {
                othersGoOnBehind(held.isConnected(), first, "behind-silence");
            }
        }
    }

    @Test
    void aDestinationThatTakesAssociationsAndNeverAnswersDelaysNoOther() throws Exception {
        archives.remove("other").close();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        StoreHandler mute = (request, dataset) -> {
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return StoreStatus.OUT_OF_RESOURCES;
        };
        try (DicomListener archive =
                        Archives.answering(deliver.destinations().get("other").port(), mute);
                Closeable end = over::countDown) {
            MrStudy first = new MrStudy(folder, "mute").slice();
            studies.send(first);
            othersGoOnBehind(asked.await(LONG.toSeconds(), TimeUnit.SECONDS), first, "behind-mute");
        }
    }

    /** The wait for the other destination, five minutes, is not over when all is done. */
    private void othersGoOnBehind(boolean waiting, MrStudy first, String name) throws Exception {
        assertThat(waiting).isTrue();
        MrStudy study = new MrStudy(folder, name).slice();
        studies.send(study);
        await().atMost(LONG).untilAsserted(() -> assertThat(
                        studies.show(study).getList("[0].deliveries.findAll { it.destination == 'pacs' }.state"))
                .containsExactly("CONFIRMED"));
        assertThat(studies.show(study).getList("[0].deliveries.findAll { it.destination == 'other' }.state"))
                .containsExactly("PENDING");
        for (MrStudy waits : List.of(first, study)) {
            assertThat(studies.show(waits).getList("[0].deliveries.findAll { it.destination == 'other' }.lastError"))
                    .containsOnlyNulls();
        }
    }

    private static JsonPath awaitListed(MrStudy study, String priority) {
        String path = "/api/worklist/" + study.uid();
        await().atMost(LONG).untilAsserted(() -> given().get(path)
                .then()
                .statusCode(200)
                .body("priority", equalTo(priority), "state", equalTo("OPEN")));
        return given().get(path).jsonPath();
    }

    private AuditChain.Verification verifyAudit() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return AuditChain.verify(connection);
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
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
