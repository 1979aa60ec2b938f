package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.DicomListener;
import org.rigatino.dicom.StoreScp;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.IngestProbe;
import org.rigatino.ingest.StudyReady;
import org.rigatino.proof.demo.Orthanc;

/** One recorded outcome of every study, whatever the archive answers or keeps to itself, and however long it takes. */
@QuarkusTest
@QuarkusTestResource(value = OutcomesIT.Parts.class, restrictToAnnotatedClass = true)
class OutcomesIT {
    private static final int REJECTIONS = 3;
    private static final int COMMITMENT_REQUESTS = 3;

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    StudyProbe studies;

    @Inject
    IngestProbe probe;

    @TempDir
    Path folder;

    /** {@link RunningWorker} with one destination and little patience. */
    public static final class Parts extends RunningWorker {
        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new TreeMap<>(super.start());
            settings.keySet().removeIf(name -> name.startsWith("rigatino.deliver.destinations.other."));
            settings.put("rigatino.deliver.retry.rejections", "" + REJECTIONS);
            settings.put("rigatino.deliver.commitment.requests", "" + COMMITMENT_REQUESTS);
            settings.put("rigatino.deliver.commitment.timeout", "PT1S");
            settings.put("rigatino.deliver.commitment.same-association", "PT0.2S");
            settings.put("rigatino.worker.study-time-limit", "PT15S");
            return settings;
        }
    }

    @BeforeEach
    void needsOrthanc() {
        Tool.assumeInstalled("Orthanc", "storescp");
    }

    @Test
    void aLostCallbackIsAskedForAgainAndThenAQueryDecides() throws Exception {
        try (Orthanc archive = orthanc(Tool.freePort(), Map.of())) {
            MrStudy study = new MrStudy(folder, "lost-callback").slice();
            studies.send(study);
            JsonPath shown = studies.awaitState(study, "CONFIRMED");
            assertThat(shown.getList("[0].deliveries.confirmedBy")).containsExactly("QUERY");
            assertThat(given().get(archive.address() + "/jobs?expand")
                            .jsonPath()
                            .getList("findAll { it.Type == 'StorageCommitmentScp' }"))
                    .hasSize(COMMITMENT_REQUESTS);
        }
    }

    /** Its C-STORE is answered 0000H, its reports go nowhere. */
    @Test
    void aQueryThatDoesNotNameWhatWasSentConfirmsNothing() throws Exception {
        try (Orthanc archive = orthanc(Tool.freePort(), keepsNothing())) {
            MrStudy study = new MrStudy(folder, "dropped").slice();
            studies.send(study);
            assertFailed(study, "deliver", "C-FIND does not name the object that was sent");
        }
    }

    @Test
    void successOfAnArchiveThatDoesNotCommitToItIsNeverConfirmed() throws Exception {
        try (Orthanc archive = orthanc(ingest.port(), keepsNothing())) {
            MrStudy study = new MrStudy(folder, "uncommitted").slice();
            studies.send(study);
            assertFailed(study, "deliver", "storage commitment failed with reason 0112H");
        }
    }

    @Test
    void anArchiveOutOfResourcesIsTriedWithoutEnd() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MrStudy study = new MrStudy(folder, "shortage").slice();
        try (DicomListener full = Archives.answering(port(), (request, dataset) -> {
            asked.incrementAndGet();
            return StoreStatus.OUT_OF_RESOURCES;
        })) {
            studies.send(study);
            await().atMost(StudyProbe.LONG).until(() -> asked.get() > 2 * REJECTIONS);
            JsonPath shown = studies.show(study);
            assertThat(shown.getString("[0].study.state")).isEqualTo("DELIVERING");
            assertThat(shown.getList("[0].deliveries.state")).containsExactly("PENDING");
            assertThat(shown.getString("[0].deliveries[0].lastError")).contains("C-STORE was answered A700H");
        }
        try (Orthanc archive = orthanc(ingest.port(), Map.of())) {
            studies.awaitState(study, "CONFIRMED");
            assertThat(archive.instancesOf(study.uid())).hasSize(1);
        }
    }

    /** After as many answers of A700H, which do not count. */
    @Test
    void anAnswerOfA900IsRecordedFailsTheStudyAndIsNeverConfirmed() throws Exception {
        AtomicInteger shortages = new AtomicInteger(REJECTIONS);
        AtomicInteger rejected = new AtomicInteger();
        MrStudy study = new MrStudy(folder, "rejected").slice();
        try (DicomListener archive = Archives.answering(port(), (request, dataset) -> {
            if (shortages.getAndDecrement() > 0) {
                return StoreStatus.OUT_OF_RESOURCES;
            }
            rejected.incrementAndGet();
            return StoreStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS;
        })) {
            studies.send(study);
            assertFailed(study, "deliver", "C-STORE was answered A900H");
            assertThat(rejected).hasValue(REJECTIONS);
        }
        studies.replay(study);
        try (Orthanc archive = orthanc(ingest.port(), Map.of())) {
            studies.awaitState(study, "CONFIRMED");
        }
    }

    @Test
    void aReplayWritesAnewWhatIsGone() throws Exception {
        MrStudy study = new MrStudy(folder, "gone").slice().slice();
        try (DicomListener archive =
                Archives.answering(port(), (request, dataset) -> StoreStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS)) {
            studies.send(study);
            assertFailed(study, "deliver", "C-STORE was answered A900H");
        }
        Path file = deliver.outputs()
                .resolve(probe.text(
                        "select location from output o join study s on s.id = o.study_id"
                                + " where s.study_instance_uid = ? and kind = 'SECONDARY_CAPTURE' order by o.id limit 1",
                        study.uid()));
        byte[] stored = Files.readAllBytes(file);
        Files.delete(file);
        studies.replay(study);
        try (Orthanc archive = orthanc(ingest.port(), Map.of())) {
            studies.awaitState(study, "CONFIRMED");
            assertThat(file).hasBinaryContent(stored);
            assertThat(archive.instancesOf(study.uid())).hasSize(2);
        }
    }

    @Test
    void anArchiveThatOffersNeitherCommitmentNorQueryFailsAtConfirm() throws Exception {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        MrStudy study = new MrStudy(folder, "unproved").slice();
        try (StoreScp archive = StoreScp.start(port(), taken)) {
            studies.send(study);
            assertFailed(study, "confirm", "set rigatino.deliver.destinations.pacs.commitment=none");
            try (var files = Files.list(taken)) {
                assertThat(files).hasSize(1);
            }
        }
    }

    /** Orthanc accepts the presentation contexts and ends the association over each request. */
    @Test
    void anArchiveThatAbortsEveryRequestForProofFailsAtConfirm() throws Exception {
        Map<String, Object> modality = Map.of(
                "AET",
                deliver.aeTitle(),
                "Host",
                "127.0.0.1",
                "Port",
                ingest.port(),
                "AllowFind",
                false,
                "AllowStorageCommitment",
                false);
        try (Orthanc archive = orthanc(ingest.port(), Map.of("DicomModalities", Map.of("rigatino", modality)))) {
            MrStudy study = new MrStudy(folder, "aborted").slice();
            studies.send(study);
            assertFailed(study, "confirm", "aborted the association");
            assertThat(archive.instancesOf(study.uid())).hasSize(1);
        }
    }

    /** Its file is a pipe that nobody writes to: like a network drive that hangs. */
    @Test
    void aStudyBeyondItsTimeLimitFailsAndOthersGoOn() throws Exception {
        Tool.assumeInstalled("mkfifo");
        try (Orthanc archive = orthanc(ingest.port(), Map.of())) {
            MrStudy study = new MrStudy(folder, "hanging").slice();
            studies.send(study);
            studies.awaitState(study, "CONFIRMED");
            Path pipe = pipeInPlaceOf(probe.text(
                    "select location from instance i join study s on s.id = i.study_id where s.study_instance_uid = ?",
                    study.uid()));
            studies.update(
                    "update instance set outcome = 'PENDING' where study_id in"
                            + " (select id from study where study_instance_uid = ?)",
                    study);
            studies.update(
                    "update study set state = 'READY', ended_at = null, version = version + 1"
                            + " where study_instance_uid = ?",
                    study);
            probe.publish(
                    "rigatino.studies",
                    study.uid(),
                    new ObjectMapper()
                            .writeValueAsString(new StudyReady(
                                    study.uid(), 1, ingest.store().toString())));
            try {
                studies.awaitState(study, "RESTORING");
                MrStudy other = new MrStudy(folder, "behind-hanging").slice();
                studies.send(other);
                JsonPath shown = studies.awaitState(study, "FAILED");
                assertThat(shown.getString("[0].study.failedStage")).isEqualTo("restore");
                assertThat(shown.getString("[0].study.failureCause")).contains("rigatino.worker.study-time-limit");
                studies.awaitState(other, "CONFIRMED");
            } finally {
                new RandomAccessFile(pipe.toFile(), "rw").close();
            }
        }
    }

    /** Half came before and half after the correction, then all of it under new UIDs (IHE RAD-12). */
    @Test
    void aMixedStudyGoesOnUnderThePatientThatAnAdministratorSaysIsRight() throws Exception {
        try (Orthanc archive = orthanc(ingest.port(), Map.of())) {
            MrStudy study = new MrStudy(folder, "mixed").slice().sliceOfAnotherPatient();
            studies.send(study);
            studies.awaitState(study, "REFUSED");
            studies.send(study.slice().slice());
            awaitRevision(study, 2, "REFUSED");
            assertThat(archive.headers()).noneMatch(header -> isOf(study, header));

            JsonPath patients = patients(study);
            assertThat(patients.getList("patientId")).containsExactly("mixed", "ANOTHER");
            assertThat(patients.getList("instances")).containsExactly(3, 1);
            whileOneIsNotGiven(study, () -> {
                given().get("/api/studies/" + study.uid() + "/patients")
                        .then()
                        .statusCode(409)
                        .body(Matchers.containsString("does not give"));
                given().contentType("application/json")
                        .body(Map.of(
                                "patients",
                                List.of(patients.getString("[0].patient")),
                                "version",
                                patients.getString("[0].version")))
                        .post("/api/studies/" + study.uid() + "/patient")
                        .then()
                        .statusCode(409)
                        .body(Matchers.containsString("does not give"));
                given().get("/administration/studies/" + study.uid())
                        .then()
                        .statusCode(200)
                        .body(Matchers.containsString("cannot be read just now"));
            });
            given().contentType("application/json")
                    .body(Map.of("patients", patients.getList("patient"), "version", patients.getString("[0].version")))
                    .post("/api/studies/" + study.uid() + "/patient")
                    .then()
                    .statusCode(409)
                    .body(Matchers.containsString("different patients"));
            given().redirects()
                    .follow(false)
                    .formParam("patient", patients.getList("patient"))
                    .formParam("version", patients.getString("[0].version"))
                    .post("/administration/studies/" + study.uid() + "/patient")
                    .then()
                    .statusCode(303)
                    .header("Location", Matchers.endsWith("?came=SEVERAL_PATIENTS"));
            assertThat(studies.audit(study)).doesNotContain("PATIENT_CHOSEN");
            assertThat(choose(study, patients.getString("[0].patient")))
                    .containsEntry("revision", 3)
                    .containsEntry("instances", 3)
                    .containsEntry("setAside", 1);
            awaitRevision(study, 3, "CONFIRMED");
            assertThat(archive.headers().stream().filter(header -> isOf(study, header)))
                    .hasSize(3)
                    .allMatch(header -> header.path("PatientID").asText().equals("mixed"));

            // Another administrator still has the list of before.
            Map<String, Object> stale = Map.of(
                    "patients",
                    List.of(patients.getString("[1].patient")),
                    "version",
                    patients.getString("[0].version"));
            given().contentType("application/json")
                    .body(stale)
                    .post("/api/studies/" + study.uid() + "/patient")
                    .then()
                    .statusCode(409)
                    .body(Matchers.containsString("somebody said who the patient is"));
            given().redirects()
                    .follow(false)
                    .formParam("patient", patients.getString("[1].patient"))
                    .formParam("version", patients.getString("[0].version"))
                    .post("/administration/studies/" + study.uid() + "/patient")
                    .then()
                    .statusCode(303)
                    .header("Location", Matchers.endsWith("?came=CHANGED"));
            given().contentType("application/json")
                    .body(Map.of("patients", List.of(patients.getString("[1].patient"))))
                    .post("/api/studies/" + study.uid() + "/patient")
                    .then()
                    .statusCode(400);
            given().formParam("patient", patients.getString("[1].patient"))
                    .post("/administration/studies/" + study.uid() + "/patient")
                    .then()
                    .statusCode(400);

            studies.send(study.slice());
            awaitRevision(study, 4, "CONFIRMED");
            studies.send(study.sliceOfAnotherPatient());
            awaitRevision(study, 5, "REFUSED");
            assertThat(choose(study, patients.getString("[0].patient"))).containsEntry("revision", null);
            assertThat(studies.show(study).getString("[4].study.supersededAt")).isNotNull();
            assertThat(studies.audit(study))
                    .contains("PATIENT_CHOSEN", "the patients that its instances name")
                    .doesNotContain("ANOTHER", "TEST^");
        }
    }

    /** The archive corrects the patient, keeps the UIDs, and sends again. */
    @Test
    void resultsOfAPatientWhoWasWrongAreWithdrawnAndMadeAnewForTheRightOne() throws Exception {
        try (Orthanc archive = orthanc(ingest.port(), Map.of())) {
            MrStudy wrong = new MrStudy(folder, "corrected").slice(slice -> slice.put(Tag.PatientID, "WRONG"));
            studies.send(wrong);
            studies.awaitState(wrong, "CONFIRMED");
            MrStudy right = new MrStudy(Files.createDirectory(folder.resolve("right")), "corrected").slice();
            studies.send(right);
            awaitRevision(right, 2, "REFUSED");
            studies.send(right.slice());
            awaitRevision(right, 3, "REFUSED");

            JsonPath patients = patients(right);
            assertThat(patients.getList("patientId")).containsExactly("WRONG", "corrected");
            Map<String, Object> decided = choose(right, patients.getString("[1].patient"));
            assertThat(decided).containsEntry("revision", 4).containsEntry("withdrawn", List.of(1));
            awaitRevision(right, 4, "CONFIRMED");
            studies.awaitResult(right, "REFUSED");

            JsonPath shown = studies.show(right);
            assertThat(shown.getString("[0].study.state")).isEqualTo("REFUSED");
            assertThat(shown.getString("[0].study.refusalRule")).isEqualTo("patient-identity");
            assertThat(shown.getString("[0].study.priority")).isNull();
            assertThat(shown.getList("[0].findings")).isEmpty();
            assertThat(shown.getList("[3].findings")).hasSize(2);
            assertThat(archive.headers().stream().filter(header -> isOf(right, header)))
                    .filteredOn(header -> header.path("PatientID").asText().equals("corrected"))
                    .hasSize(2);
            assertThat(archive.headers().stream()
                            .filter(header -> isOf(right, header))
                            .map(header -> header.path("SOPInstanceUID").asText()))
                    .hasSize(3)
                    .doesNotHaveDuplicates();
            String entry = given().get("/api/worklist/" + right.uid()).asString();
            assertThat(entry).contains("\"revision\":4").doesNotContain("UNJUDGED");
            assertThat(studies.audit(right))
                    .contains("RESULTS_WITHDRAWN", "pacs: 1")
                    .doesNotContain("WRONG\"");
        }
    }

    @Test
    void whatWasRefusedIsJudgedAnewAndWhatWasNotIsSaidToBeSo() throws Exception {
        try (Orthanc archive = orthanc(ingest.port(), Map.of())) {
            MrStudy study = new MrStudy(folder, "anew").sliceOfAnotherModality();
            studies.send(study);
            JsonPath refused = studies.awaitState(study, "REFUSED");
            assertThat(refused.getString("[0].study.wayOn")).contains("/api/studies/" + study.uid() + "/judge-anew");
            given().get("/api/studies/" + study.uid() + "/patients").then().statusCode(409);
            given().post("/api/studies/" + study.uid() + "/judge-anew").then().statusCode(200);
            awaitRevision(study, 2, "REFUSED");
            assertThat(studies.show(study).getString("[0].study.wayOn")).isNull();
            assertThat(studies.audit(study)).contains("STUDY_JUDGED_ANEW");

            MrStudy unreadable = new MrStudy(folder, "unreadable").truncatedSlice();
            studies.send(unreadable);
            studies.awaitState(unreadable, "FAILED");
            studies.send(new MrStudy(Files.createDirectory(folder.resolve("whole")), "unreadable").slice());
            given().post("/api/studies/" + unreadable.uid() + "/judge-anew")
                    .then()
                    .statusCode(200);
            awaitRevision(unreadable, 2, "CONFIRMED");
            given().post("/api/studies/" + unreadable.uid() + "/judge-anew")
                    .then()
                    .statusCode(409);
            given().post("/api/studies/1.2.3.4/judge-anew").then().statusCode(404);
        }
    }

    /** A folder in the place of its last file is opened as a file is, and gives no byte. */
    private void whileOneIsNotGiven(MrStudy study, Runnable looks) throws Exception {
        Path file = ingest.store()
                .resolve(probe.text(
                        "select location from instance i join study s on s.id = i.study_id where s.study_instance_uid = ?"
                                + " order by i.id desc limit 1",
                        study.uid()));
        Path away = Files.move(file, folder.resolve("away"));
        Files.createDirectory(file);
        looks.run();
        Files.delete(file);
        Files.move(away, file);
    }

    private void awaitRevision(MrStudy study, int revision, String state) {
        await().atMost(StudyProbe.LONG).untilAsserted(() -> assertThat(probe.state(study.uid(), revision))
                .isEqualTo(state));
    }

    private static JsonPath patients(MrStudy study) {
        return given().get("/api/studies/" + study.uid() + "/patients")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> choose(MrStudy study, String patient) {
        return given().contentType("application/json")
                .body(Map.of(
                        "patients", List.of(patient), "version", patients(study).getString("[0].version")))
                .post("/api/studies/" + study.uid() + "/patient")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
    }

    private static boolean isOf(MrStudy study, JsonNode header) {
        return header.path("StudyInstanceUID").asText().equals(study.uid());
    }

    private Path pipeInPlaceOf(String location) throws Exception {
        Path pipe = ingest.store().resolve(location);
        Files.delete(pipe);
        Tool.runSuccessfully("mkfifo", pipe.toString());
        return pipe;
    }

    private void assertFailed(MrStudy study, String stage, String cause) {
        JsonPath shown = studies.awaitEnd(study);
        assertThat(shown.getString("[0].study.state")).isEqualTo("FAILED");
        assertThat(shown.getString("[0].study.failedStage")).isEqualTo(stage);
        assertThat(shown.getString("[0].study.failureCause")).contains(cause);
        assertThat(shown.getList("[0].deliveries.state")).containsOnly("FAILED");
        assertThat(shown.getString("[0].deliveries[0].lastError")).contains(cause);
        assertThat(studies.audit(study))
                .contains("DELIVERY_FAILED", "STUDY_FAILED")
                .doesNotContain("_CONFIRMED");
        studies.awaitResult(study, "FAILED");
    }

    private int port() {
        return deliver.destinations().get("pacs").port();
    }

    /** @param reports where it sends storage commitment reports */
    private Orthanc orthanc(int reports, Map<String, Object> settings) throws IOException {
        return Orthanc.start(
                folder.resolve("pacs"), port(), Tool.freePort(), Map.of(deliver.aeTitle(), reports), settings);
    }

    /** Orthanc discards what its filter does not want, and answers C-STORE with success. */
    private Map<String, Object> keepsNothing() throws IOException {
        Path filter = folder.resolve("filter.lua");
        Files.writeString(filter, "function ReceivedInstanceFilter(dicom, origin)\n  return false\nend\n");
        return Map.of("LuaScripts", List.of(filter.toString()));
    }
}
