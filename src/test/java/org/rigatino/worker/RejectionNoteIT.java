package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomListener;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.proof.demo.Dciodvfy;
import org.rigatino.proof.demo.Orthanc;

/** A run supersedes what Orthanc has: with a note where it asks for one, as {@code other}, and has all that is new, and never without. */
@QuarkusTest
@WithTestResource(AllObjects.class)
class RejectionNoteIT {
    private static final Duration LONG = StudyProbe.LONG;
    private static final String NOTE = "REJECTION_NOTE";

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    StudyProbe studies;

    @TempDir
    Path folder;

    @BeforeEach
    void needsOrthanc() {
        Tool.assumeInstalled("Orthanc", "dciodvfy", "dsrdump");
    }

    private Orthanc archive(String destination) throws IOException {
        return Orthanc.start(
                folder.resolve(destination),
                deliver.destinations().get(destination).port(),
                Tool.freePort(),
                Map.of(deliver.aeTitle(), ingest.port()));
    }

    @Test
    void orthancGetsTheNoteOnceItHasWhatIsNewAndTheOtherNone() throws Exception {
        try (Orthanc other = archive("other");
                Orthanc pacs = archive("pacs")) {
            MrStudy study = finished("NOTED");
            List<String> before = objects(study, 0);
            Path file = folder.resolve("note.dcm");
            promoted(() -> {
                again(study, "NOTED", "CONFIRMED");
                String note = awaitNote(study);
                Files.write(file, other.instance(note).orElseThrow());
                assertThat(pacs.instancesOf(study.uid())).doesNotContain(note).hasSize(4);
                assertThat(other.instancesOf(study.uid()))
                        .containsAll(before)
                        .containsAll(objects(study, 1))
                        .contains(note);
                JsonPath shown = studies.show(study);
                assertThat(shown.getString("[1].deliveries.find { it.sopInstanceUid == '" + note + "' }.confirmedBy"))
                        .isEqualTo("STORAGE_COMMITMENT");
                assertThat(studies.audit(study))
                        .contains("rejection note for other of " + named(file).size());
            });
            assertThat(named(file)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(Dciodvfy.errors(file)).isEmpty();
            assertThat(Tool.run("dsrdump", "+Pc", "+Pl", "+Pu", file.toString()).output())
                    .contains("Rejected for Quality Reasons", "Superseded by a newer analysis", before.get(0));
            cameBack(study, file);
        }
    }

    /** An archive that sends on what it has: the note is one of our own outputs. */
    private void cameBack(MrStudy study, Path note) throws Exception {
        RemoteNode listener =
                new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "BACK", Patience.STEP, Patience.STEP);
        try (StorageScu scu = StorageScu.open(listener, List.of(note))) {
            assertThat(scu.store(note).isSuccess()).isTrue();
        }
        assertThat(studies.show(study).getList("collectMany { it.instances }.findAll { it.outcome == 'OWN_OUTPUT' }"))
                .hasSize(1);
    }

    /** What it has of the old is not hidden for what it will not have. Once it takes it, by a replay, it is. */
    @Test
    void anArchiveThatRefusesWhatIsNewIsToldToHideNothing() throws Exception {
        try (Orthanc pacs = archive("pacs")) {
            MrStudy study;
            List<String> before;
            try (Orthanc other = archive("other")) {
                study = finished("KEPT");
                before = objects(study, 0);
            }
            AtomicInteger asked = new AtomicInteger();
            promoted(() -> {
                try (DicomListener refusing = Archives.answering(port(), (request, dataset) -> {
                    asked.incrementAndGet();
                    return StoreStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS;
                })) {
                    again(study, "KEPT", "FAILED");
                }
            });
            assertThat(asked.get()).isPositive();
            try (Orthanc other = archive("other")) {
                assertThat(other.instancesOf(study.uid())).containsExactlyInAnyOrderElementsOf(before);
                assertThat(studies.show(study)
                                .getList("collectMany { it.outputs }.findAll { it.kind == '" + NOTE + "' }"))
                        .isEmpty();
                studies.replay(study);
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(studies.show(study).getString("[1].study.state"))
                                .isEqualTo("CONFIRMED"));
                String note = awaitNote(study);
                assertThat(other.headers().stream()
                                .map(header -> header.path("SOPInstanceUID"))
                                .map(JsonNode::asText))
                        .contains(note);
            }
        }
    }

    private int port() {
        return deliver.destinations().get("other").port();
    }

    private MrStudy finished(String sender) throws Exception {
        MrStudy study = new MrStudy(Files.createDirectory(folder.resolve(sender)), sender)
                .slice()
                .slice();
        study.send(new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), sender, Patience.STEP, Patience.STEP));
        studies.awaitState(study, "CONFIRMED");
        return study;
    }

    /** That go to the archive which asks for notes. */
    private List<String> objects(MrStudy study, int index) {
        JsonPath shown = studies.show(study);
        List<String> objects = new ArrayList<>(
                shown.getList("[" + index + "].deliveries.findAll { it.destination == 'other' }.sopInstanceUid"));
        objects.removeAll(
                shown.getList("[" + index + "].outputs.findAll { it.kind == '" + NOTE + "' }.sopInstanceUid"));
        return objects;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** While the release of the shadow serves. */
    private void promoted(Work work) throws Exception {
        await().atMost(LONG).untilAsserted(() -> assertThat(given().get("/api/releases")
                        .jsonPath()
                        .getList("find { it.version == '" + RunningWorker.SHADOW + "' }.lacking"))
                .as("workers that have not opened it")
                .isEmpty());
        JsonPath releases = given().get("/api/releases").jsonPath();
        String shadow = releases.getString("find { it.version == '" + RunningWorker.SHADOW + "' }.digest");
        String others = "{\"others\":[\"" + releases.getString("find { it.version == '1' }.digest")
                + "\"],\"acceptLosses\":\""
                + releases.getString("find { it.version == '" + RunningWorker.SHADOW + "' }.lossesSha256") + "\"}";
        act(shadow, "promote", others);
        try {
            work.run();
        } finally {
            act(shadow, "withdraw", others);
        }
    }

    private static void act(String digest, String act, String others) {
        given().contentType(ContentType.JSON)
                .body(others)
                .post("/api/releases/" + digest + "/" + act)
                .then()
                .statusCode(200);
    }

    private void again(MrStudy study, String sender, String state) {
        int run = given().post("/api/reruns?receivedFrom=2026-01-01&callingAeTitle=" + sender)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        await().atMost(LONG).untilAsserted(() -> assertThat(
                        given().get("/api/reruns/" + run).<String>path("state"))
                .isEqualTo("DONE"));
        await().atMost(LONG).untilAsserted(() -> assertThat(studies.show(study).getString("[1].study.state"))
                .isEqualTo(state));
    }

    /** Proved to be in the archive. */
    private String awaitNote(MrStudy study) {
        List<String> notes = new ArrayList<>();
        await().atMost(LONG).untilAsserted(() -> {
            JsonPath shown = studies.show(study);
            List<String> uids = shown.getList("[1].outputs.findAll { it.kind == '" + NOTE + "' }.sopInstanceUid");
            assertThat(uids).hasSize(1);
            assertThat(shown.getList("[1].deliveries.findAll { it.state == 'CONFIRMED' }.sopInstanceUid", String.class))
                    .containsAll(uids);
            notes.addAll(uids);
        });
        return notes.get(0);
    }

    private static List<String> named(Path file) throws IOException {
        List<String> uids = new ArrayList<>();
        for (Dataset study : Dataset.readHeader(file).items(Tag.CurrentRequestedProcedureEvidenceSequence)) {
            for (Dataset series : study.items(Tag.ReferencedSeriesSequence)) {
                for (Dataset object : series.items(Tag.ReferencedSOPSequence)) {
                    uids.add(object.require(Tag.ReferencedSOPInstanceUID));
                }
            }
        }
        return uids;
    }
}
