package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.access.Actor;
import org.rigatino.deliver.AddedDestination;
import org.rigatino.deliver.DestinationChanges;
import org.rigatino.deliver.DestinationRemoval;
import org.rigatino.deliver.DestinationSettings;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.Findings;
import org.rigatino.image.InstanceFrames;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Restorer;

/**
 * A network that was traced by Python, imported, serves a study as any release does; in a worker that has no destination until
 * one is added.
 */
@QuarkusTest
@QuarkusTestResource(value = ImportedWorker.class, restrictToAnnotatedClass = true)
class ImportedModelIT {
    private static final Actor ADAM = new Actor("adam", "192.0.2.9");

    @Inject
    IngestConfiguration ingest;

    @ConfigProperty(name = "rigatino.restore.models")
    Path models;

    @Inject
    DestinationChanges changes;

    @Inject
    DestinationRemoval removal;

    @TempDir
    Path folder;

    private AddedDestination added;

    @AfterEach
    void noDestination() {
        if (added != null) {
            removal.remove(added.name(), added.version(), 1000, ADAM);
        }
    }

    private void addDestination() throws IOException {
        DestinationSettings settings =
                new DestinationSettings("127.0.0.1", Tool.freePort(), "ARCHIVE", null, null, null, null, null, null);
        added = changes.add("archive", settings, 1000, ADAM);
    }

    @Test
    void studyWaitsForTheFirstDestination() throws Exception {
        MrStudy study = new MrStudy(folder, "waiting").slice();
        study.send(listener());
        await().until(() -> given().get("/q/health/ready").asString().contains("wait: no destination is in force"));
        String path = "/api/studies/" + study.uid();
        assertThat(given().get(path).jsonPath().getString("[0].study.state")).isEqualTo("READY");
        tellsThatItWaits(study.uid());
        addDestination();
        await().until(() -> given().get(path).asString().contains("\"state\":\"DELIVERING\""));
        assertThat(given().get("/q/health/ready").asString()).doesNotContain("wait:");
        assertThat(given().get(path).jsonPath().getList("[0].outputs")).isNotEmpty();
        assertThat(given().get(path).jsonPath().getString("[0].study.waitsFor")).isNull();
        assertThat(given().get("/studies/" + study.uid()).asString()).doesNotContain("waits for a destination");
    }

    /** To whoever looks at the study, with the way on. */
    private static void tellsThatItWaits(String study) {
        for (String waitsFor : List.of(
                given().get("/api/studies/" + study).jsonPath().getString("[0].study.waitsFor"),
                given().get("/api/worklist/arriving").jsonPath().getString("entries[0].waitsFor"))) {
            assertThat(waitsFor).startsWith("a destination").contains("PUT /api/destinations/NAME");
        }
        assertThat(given().get("/studies/" + study).asString())
                .contains("waits for a destination", "href=\"/administration/destination\"")
                .doesNotContain("Nothing is to be delivered");
        assertThat(given().get("/worklist?show=ARRIVING").asString())
                .contains("Ready: ", "waits for a destination", "href=\"/administration/destination\"");
    }

    private RemoteNode listener() {
        return new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Patience.STEP, Patience.STEP);
    }

    @Test
    void studyIsJudgedByTheImportedNetwork() throws Exception {
        assumeTrue(ImportedWorker.pythonHasTorch(), "absent: python3-torch");
        addDestination();
        MrStudy study = new MrStudy(folder, "imported").slice().slice().slice();
        study.send(listener());
        String path = "/api/studies/" + study.uid();
        await().until(() -> given().get(path).asString().contains("\"state\":\"DELIVERING\""));

        JsonPath shown = given().get(path).then().statusCode(200).extract().jsonPath();
        assertThat(shown.getInt("[0].study.imagesRestored")).isEqualTo(3);
        assertThat(shown.getList("[0].outputs"))
                .as("overlay and restored image of each")
                .hasSize(6);
        ModelRelease release = ModelRelease.load(models.resolve("own/1"));
        assertThat(release.file().method()).isEqualTo("torchscript");
        List<String> digests = shown.getList("[0].findings.modelDigest");
        assertThat(digests).hasSize(3).containsOnly(release.digest());
        List<Float> scores = shown.getList("[0].findings.score", Float.class);
        try (Restorer restorer = Restorer.open(release, "cpu", 1);
                InstanceFrames frames = InstanceFrames.open(folder.resolve("imported-0.dcm"))) {
            RestoredFrame restored = restorer.restore(List.of(frames.frame(1))).get(0);
            double score = Findings.of(restored, release).score();
            assertThat(scores).allSatisfy(served -> assertThat((double) served).isCloseTo(score, within(1e-4)));
        }
    }
}
