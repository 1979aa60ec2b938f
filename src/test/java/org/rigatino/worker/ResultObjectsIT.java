package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.Pydicom;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.Tool;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.proof.demo.Dciodvfy;
import org.rigatino.proof.demo.Orthanc;

/** A phantom with a lesion of known place, from C-STORE to two archives, one of which takes every kind of object. */
@QuarkusTest
@WithTestResource(AllObjects.class)
class ResultObjectsIT {
    private static final Duration LONG = Patience.STEP;
    private static final String SCRIPTS = "src/test/resources/org/rigatino/result/";
    private static final String SC = "SECONDARY_CAPTURE";
    private static final String RESTORED = "RESTORED_IMAGE";
    private static final String SEG = "SEGMENTATION";
    private static final String MAP = "PROBABILITY_MAP";
    private static final String STRENGTHS = "PARAMETRIC_MAP";
    private static final String SR = "MEASUREMENT_REPORT";
    private static final String PR = "PRESENTATION_STATE";
    private static final String KO = "KEY_OBJECT_SELECTION";
    private static final String TRIPTYCH = "TRIPTYCH";
    private static final String OVERLAYS = "MULTI_FRAME_SECONDARY_CAPTURE";
    private static final String TRIPTYCHS = "MULTI_FRAME_TRIPTYCH";

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @TempDir
    Path folder;

    private Orthanc pacs;
    private Orthanc other;

    @BeforeEach
    void startArchives() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "orthanc is not installed");
        pacs = archive("pacs");
        other = archive("other");
    }

    private Orthanc archive(String destination) throws IOException {
        return Orthanc.start(
                folder.resolve(destination),
                deliver.destinations().get(destination).port(),
                Tool.freePort(),
                Map.of(deliver.aeTitle(), ingest.port()));
    }

    @AfterEach
    void stopArchives() {
        if (other != null) {
            pacs.close();
            other.close();
        }
    }

    private MrStudy study(String name) throws IOException {
        return new MrStudy(Files.createDirectory(folder.resolve(name)), name);
    }

    /** Right of the patient's middle, which is left in the image, in the upper half, on the third of five slices. */
    private static MrStudy withLesion(MrStudy study) throws IOException {
        return study.slice().slice().sliceWithLesion(12, 10).slice().slice();
    }

    @Test
    void everyArchiveGetsTheKindsThatItAsksFor() throws Exception {
        MrStudy study = withLesion(study("kinds"));
        send(study);
        JsonPath shown = awaitConfirmed(study, 0);
        assertThat(pacs.instancesOf(study.uid())).containsExactlyInAnyOrderElementsOf(uids(shown, 0, SC));
        assertThat(other.instancesOf(study.uid()))
                .containsExactlyInAnyOrderElementsOf(shown.getList("[0].outputs.sopInstanceUid"));
        for (String kind : List.of(SC, RESTORED, TRIPTYCH)) {
            assertThat(uids(shown, 0, kind)).as(kind).hasSize(5);
        }
        for (String kind : List.of(SEG, MAP, STRENGTHS, SR, PR, KO, OVERLAYS, TRIPTYCHS)) {
            assertThat(uids(shown, 0, kind)).as(kind).hasSize(1);
        }
        assertThat(shown.getInt("[0].outputs.find { it.kind == 'SEGMENTATION' }.sourceFrames"))
                .isEqualTo(5);
        assertThat(shown.getInt("[0].outputs.find { it.kind == 'KEY_OBJECT_SELECTION' }.sourceFrames"))
                .isEqualTo(shown.getList("[0].findings.findAll { it.flagged }").size());
    }

    /** The scores of three neighbours decide, the lowest of them; the highest slice is named beside them. */
    @Test
    void aStudyIsJudgedByNeighboursAgainstNormalStudies() throws Exception {
        MrStudy study = withLesion(study("neighbours"));
        send(study);
        JsonPath shown = awaitConfirmed(study, 0);
        List<Float> scores = shown.getList("[0].findings.score");
        float highest = Collections.max(scores);
        assertThat(shown.getString("[0].study.priority")).isEqualTo("HIGH");
        Map<String, Object> against = shown.getMap("[0].study.againstNormalStudies");
        assertThat(against)
                .containsEntry("pValue", 0.05f)
                .containsEntry("normalStudies", 19)
                .containsEntry("falseAlarms", 0.05f)
                .containsEntry("decidingSeries", shown.getString("[0].instances[0].seriesInstanceUid"))
                .containsEntry("decidingModel", "tiny/1");
        assertThat((Float) against.get("studyScore")).isLessThan(highest).isEqualTo(Collections.min(scores));
        assertThat((Float) against.get("millilitres")).isPositive();
        String entry = "/api/worklist/" + study.uid();
        await().atMost(LONG).until(() -> given().get(entry).statusCode() == 200);
        JsonPath listed = given().get(entry).jsonPath();
        assertThat(listed.getMap("reason.againstNormalStudies")).isEqualTo(against);
        assertThat(listed.getString("reason.sopInstanceUid"))
                .isEqualTo(shown.getString("[0].instances[2].sopInstanceUid"));
    }

    @Test
    void theLesionIsOnTheRightSliceSideAndMillimetreInEveryObject() throws Exception {
        Pydicom.assumeInstalled();
        MrStudy study = withLesion(study("place"));
        send(study);
        JsonPath shown = awaitConfirmed(study, 0);
        List<Path> files = new ArrayList<>(List.of(study.folder()));
        for (String kind : List.of(SC, SEG, MAP, STRENGTHS, SR, PR, TRIPTYCH, OVERLAYS, TRIPTYCHS)) {
            files.addAll(fetch(shown, 0, kind));
        }
        List<String[]> said = Pydicom.run("ignore", SCRIPTS + "where_is_it.py", files)
                .output()
                .lines()
                .map(line -> line.split(" "))
                .toList();
        assertThat(said)
                .extracting(line -> line[0])
                .containsExactlyInAnyOrder(
                        "SC", "BINARY", "FRACTIONAL", "MAP", "SR", "PR", "TRIPTYCH", "FRAMES", "PANES");
        String slice = shown.getString("[0].instances[2].sopInstanceUid");
        for (String[] line : said) {
            assertThat(line[1]).as(line[0]).isEqualTo(slice);
            double[] meant = {13.5, 15.5, 3};
            for (int axis = 0; axis < 3; axis++) {
                assertThat(Double.parseDouble(line[2 + axis]))
                        .as("%s axis %d", line[0], axis)
                        .isBetween(meant[axis] - 0.75, meant[axis] + 0.75);
            }
        }
    }

    @Test
    void objectsOfOneFindingAreValidAgreeAndAreServed() throws Exception {
        Pydicom.assumeInstalled();
        Tool.assumeInstalled("dciodvfy");
        MrStudy study = withLesion(study("agree"));
        send(study);
        JsonPath shown = awaitConfirmed(study, 0);
        for (String kind : List.of(SC, RESTORED, SEG, MAP, STRENGTHS, SR, PR, KO, TRIPTYCH, OVERLAYS, TRIPTYCHS)) {
            Path file = fetch(shown, 0, kind).get(0);
            assertThat(Dciodvfy.errors(file)).as(kind).isEmpty();
            assertThat(Tool.run("dcmdump", "-q", file.toString()).exitCode())
                    .as(kind)
                    .isZero();
        }
        List<Path> files = new ArrayList<>();
        for (String kind : List.of(SEG, SR, PR, KO)) {
            files.addAll(fetch(shown, 0, kind));
        }
        assertThat(Pydicom.run("ignore", SCRIPTS + "agree.py", files).output()).startsWith("agree: ");
        for (String kind : List.of(SC, RESTORED, MAP, TRIPTYCH, OVERLAYS, TRIPTYCHS)) {
            preview(uids(shown, 0, kind).get(0));
        }
    }

    @Test
    void aLateSliceHasObjectsOfItsOwnInTheSameSeries() throws Exception {
        MrStudy study = study("late").slice().slice();
        send(study);
        awaitConfirmed(study, 0);
        study.sliceWithLesion(12, 10);
        send(study);
        JsonPath shown = awaitConfirmed(study, 1);
        for (String kind : List.of(SEG, MAP, STRENGTHS, SR, PR, OVERLAYS, TRIPTYCHS)) {
            String one = "outputs.find { it.kind == '" + kind + "' }.";
            assertThat(shown.getInt("[0]." + one + "sourceFrames")).isEqualTo(2);
            assertThat(shown.getInt("[1]." + one + "sourceFrames")).isEqualTo(1);
            assertThat(shown.getString("[1]." + one + "seriesInstanceUid"))
                    .isEqualTo(shown.getString("[0]." + one + "seriesInstanceUid"));
            assertThat(shown.getString("[1]." + one + "sopInstanceUid"))
                    .isNotEqualTo(shown.getString("[0]." + one + "sopInstanceUid"));
        }
        int selections = uids(shown, 0, KO).size() + uids(shown, 1, KO).size();
        assertThat(other.instancesOf(study.uid())).hasSize(3 * 3 + 2 * 7 + selections);
    }

    /** The study stays as it ended; the archive that does not ask gets nothing. */
    @Test
    void anAnswerArrivesBesideTheResultAndItsRevisionReplacesIt() throws Exception {
        Tool.assumeInstalled("dciodvfy");
        MrStudy study = withLesion(study("answered"));
        send(study);
        JsonPath shown = awaitConfirmed(study, 0);
        String report = uids(shown, 0, SR).get(0);
        String image = shown.getString("[0].instances[2].sopInstanceUid");
        long first = answer(study, image, "\"verdict\": \"AGREE\"");
        String accepted = awaitAssessments(study, 1).get(0);
        answer(study, image, "\"verdict\": \"DISAGREE\", \"reason\": \"ARTIFACT\", \"revises\": " + first);
        List<String> both = awaitAssessments(study, 2);
        String rejected =
                both.stream().filter(uid -> !uid.equals(accepted)).findFirst().orElseThrow();
        List<Path> files = new ArrayList<>();
        for (String uid : List.of(accepted, rejected)) {
            Path file = Files.write(
                    folder.resolve(uid + ".dcm"), other.instance(uid).orElseThrow());
            assertThat(Dciodvfy.errors(file)).isEmpty();
            files.add(file);
        }
        String said = Tool.run("dsrdump", "+Pc", "+Pl", "+Pu", files.get(1).toString())
                .output();
        assertThat(said).contains("Result rejected", "Artifact", report, image, "112040");
        String dumped =
                Tool.run("dcmdump", "+P", "0040,a360", files.get(1).toString()).output();
        assertThat(dumped).contains(accepted);
        assertThat(pacs.instancesOf(study.uid())).doesNotContainAnyElementsOf(both);
        JsonPath after = given().get("/api/studies/" + study.uid()).jsonPath();
        assertThat(after.getString("[0].study.state")).isEqualTo("CONFIRMED");
        assertThat(after.getList("$")).hasSize(1);
        try (StorageScu scu = StorageScu.open(listener(), files)) {
            assertThat(scu.store(files.get(1)).isSuccess()).isTrue();
        }
        JsonPath back = given().get("/api/studies/" + study.uid()).jsonPath();
        assertThat(back.getList("[0].instances.findAll { it.outcome == 'OWN_OUTPUT' }.sopInstanceUid"))
                .containsExactly(rejected);
        assertThat(back.getString("[0].study.state")).isEqualTo("CONFIRMED");
    }

    private static long answer(MrStudy study, String image, String fields) {
        return given().contentType("application/json")
                .body("{\"sopInstanceUid\": \"" + image + "\", \"frameNumber\": 1, " + fields + "}")
                .post("/api/studies/" + study.uid() + "/answers")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    /** Proved to be in the archive. */
    private static List<String> awaitAssessments(MrStudy study, int count) {
        String path = "/api/studies/" + study.uid();
        await().atMost(LONG).until(() -> {
            JsonPath shown = given().get(path).jsonPath();
            List<String> uids = uids(shown, 0, "ASSESSMENT");
            List<String> confirmed = shown.getList("[0].deliveries.findAll { it.state == 'CONFIRMED' }.sopInstanceUid");
            return uids.size() == count && confirmed.containsAll(uids);
        });
        return uids(given().get(path).jsonPath(), 0, "ASSESSMENT");
    }

    @Test
    void ownOutputsThatComeBackAreNotRestoredAgain() throws Exception {
        MrStudy study = withLesion(study("back"));
        send(study);
        JsonPath shown = awaitConfirmed(study, 0);
        List<Path> back = new ArrayList<>();
        for (String kind : List.of(TRIPTYCH, OVERLAYS, TRIPTYCHS, SR, PR, KO)) {
            back.addAll(fetch(shown, 0, kind));
        }
        try (StorageScu scu = StorageScu.open(listener(), back)) {
            for (Path file : back) {
                assertThat(scu.store(file).isSuccess()).isTrue();
            }
        }
        JsonPath after = given().get("/api/studies/" + study.uid()).jsonPath();
        assertThat(after.getList("$")).hasSize(1);
        assertThat(after.getList("[0].instances.findAll { it.outcome == 'OWN_OUTPUT' }.sopInstanceUid"))
                .containsExactlyInAnyOrderElementsOf(back.stream()
                        .map(file -> file.getFileName().toString().replace(".dcm", ""))
                        .toList());
        assertThat(after.getString("[0].study.state")).isEqualTo("CONFIRMED");
    }

    /** As the archive draws it. */
    private void preview(String uid) {
        String id = given().body(uid)
                .post(other.address() + "/tools/lookup")
                .then()
                .statusCode(200)
                .extract()
                .path("find { it.Type == 'Instance' }.ID");
        byte[] picture = given().get(other.address() + "/instances/" + id + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(new String(picture, 1, 3, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("PNG");
    }

    private static List<String> uids(JsonPath shown, int revision, String kind) {
        return shown.getList("[" + revision + "].outputs.findAll { it.kind == '" + kind + "' }.sopInstanceUid");
    }

    /** Files of the objects as the archive keeps them. */
    private List<Path> fetch(JsonPath shown, int revision, String kind) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String uid : uids(shown, revision, kind)) {
            files.add(Files.write(
                    folder.resolve(uid + ".dcm"), other.instance(uid).orElseThrow()));
        }
        return files;
    }

    private void send(MrStudy study) throws IOException {
        study.send(listener());
    }

    private RemoteNode listener() {
        return new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Patience.STEP, Patience.STEP);
    }

    private static JsonPath awaitConfirmed(MrStudy study, int revision) {
        String path = "/api/studies/" + study.uid();
        await().atMost(LONG).until(() -> "CONFIRMED"
                .equals(given().get(path).jsonPath().getString("[" + revision + "].study.state")));
        return given().get(path).jsonPath();
    }
}
