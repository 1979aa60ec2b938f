package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.Tag;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.rule.RulesConfiguration;

/** A file of rules is written beside a process at work, which follows it. */
@QuarkusTest
@WithTestResource(RunningWorker.class)
class HouseRulesIT {
    private static final String RULES =
            """
            rules:
              - name: trial
                when: {callingAeTitle: "TRIAL*"}
                destinations: {other: all}
                urgency: LOW
              - name: theatre
                when: {stationName: OR_MR}
                urgency: STAT
                releases: []
            """;

    @Inject
    IngestConfiguration ingest;

    @Inject
    StudyProbe studies;

    @Inject
    RulesConfiguration configuration;

    @TempDir
    Path folder;

    private void follow(String rules) throws IOException {
        Path next = Files.writeString(folder.resolve("next.yaml"), rules);
        Files.move(next, configuration.file().orElseThrow(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitRule(String name) {
        await().untilAsserted(
                        () -> assertThat(given().get("/api/rules").jsonPath().getList("rules.name"))
                                .contains(name));
    }

    private void send(MrStudy study, String sender) throws IOException {
        study.send(new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), sender, Patience.STEP, Patience.STEP));
    }

    @AfterEach
    void asBefore() throws IOException {
        follow(RunningWorker.NO_RULE);
        awaitRule("nobody");
    }

    @Test
    void imagesGoAndAreLookedAtAsTheRulesSayFromNowOn() throws Exception {
        follow(RULES);
        awaitRule("trial");
        MrStudy trial = new MrStudy(folder, "ruled-trial").slice();
        send(trial, "TRIAL7");
        await().atMost(StudyProbe.LONG).untilAsserted(() -> assertThat(given().get("/api/studies/" + trial.uid())
                        .jsonPath()
                        .getList("[0].deliveries.destination.unique()"))
                .containsExactly("other"));
        assertThat(studies.audit(trial)).contains("sent to other by rule \\\"trial\\\"");

        MrStudy theatre = new MrStudy(folder, "ruled-theatre").slice(slice -> slice.put(Tag.StationName, "OR_MR"));
        send(theatre, "TEST");
        JsonPath refused = studies.awaitEnd(theatre);
        assertThat(refused.getString("[0].study.state")).isEqualTo("REFUSED");
        assertThat(refused.getString("[0].study.refusalRule")).isEqualTo("house-rules");
        assertThat(refused.prettify()).contains("rule \\\"theatre\\\" does not let tiny/1 look at it");
        assertThat(studies.audit(theatre)).contains("house-rules: rule \\\"theatre\\\" does not let tiny/1 look at it");

        MrStudy ward = new MrStudy(folder, "ruled-ward").slice();
        send(ward, "TEST");
        await().atMost(StudyProbe.LONG).untilAsserted(() -> assertThat(given().get("/api/studies/" + ward.uid())
                        .jsonPath()
                        .getList("[0].deliveries.destination.unique()"))
                .containsExactlyInAnyOrder("other", "pacs"));
        assertThat(given().get("/api/studies/" + theatre.uid()).jsonPath().getString("[0].study.urgency"))
                .isEqualTo("STAT");
    }

    @Test
    void aFileThatIsWrongIsToldAndNotFollowed() throws Exception {
        follow("rules: [{name: broken}]");
        await().untilAsserted(
                        () -> assertThat(given().get("/api/rules").jsonPath().getString("problem"))
                                .contains("\"broken\" decides nothing"));
        assertThat(given().get("/api/rules").jsonPath().getList("rules.name")).containsExactly("nobody");
        assertThat(given().get("/q/metrics").asString()).containsPattern("rigatino_rules_followed(\\{[^}]*})? 0");
        assertThat(given().get("/q/health/ready").asString()).contains("no: the file is wrong");
        assertThat(given().get("/administration").asString()).contains("&quot;broken&quot; decides nothing");
    }

    /** By REST as on the page, and to who tries them. */
    @Test
    void rulesByWhichStudiesFailOrAreNotLookedAtAreProblems() throws Exception {
        follow("rules: [{name: shadows, releases: [tiny/" + RunningWorker.SHADOW + "]},"
                + " {name: lost, destinations: {reserch: secondary-capture}}]");
        awaitRule("lost");
        JsonPath rules = given().get("/api/rules").jsonPath();
        assertThat(rules.getString("problem"))
                .contains("rule \"shadows\" lets tiny/" + RunningWorker.SHADOW + " look, none of which serves")
                .contains("rule \"lost\" sends to reserch, which is not in force");
        assertThat(rules.getBoolean("followed")).isTrue();
        assertThat(rules.getList("warnings.kind")).contains("NO_RELEASE_SERVES", "UNKNOWN_DESTINATION");
        MrStudy shown = new MrStudy(folder, "ruled-wrongly").slice();
        assertThat(given().contentType("application/dicom")
                        .body(Files.readAllBytes(shown.files().get(0)))
                        .post("/api/rules/try")
                        .jsonPath()
                        .getList("warnings.rule"))
                .containsExactlyInAnyOrder("shadows", "lost");

        follow("rules: [{name: proven, releases: [tiny/1]}]");
        awaitRule("proven");
        // Workers tell which rules they follow when they next say that they are alive.
        await().atMost(StudyProbe.LONG).untilAsserted(() -> assertThat(
                        given().get("/api/rules").jsonPath().getList("warnings.text"))
                .singleElement()
                .asString()
                .startsWith("rule \"proven\" does not let tiny/" + RunningWorker.SHADOW + " look"));
        assertThat(given().get("/api/releases")
                        .jsonPath()
                        .getList("find { it.version == '" + RunningWorker.SHADOW + "' }.leavesToNobody.houseRules"))
                .first()
                .asString()
                .isEqualTo("[proven]");
    }

    @Test
    void aFileIsTriedAndNothingOfItIsKept() throws Exception {
        follow(RULES);
        awaitRule("trial");
        MrStudy shown = new MrStudy(folder, "ruled-tried").slice();
        JsonPath tried = given().contentType("application/dicom")
                .body(Files.readAllBytes(shown.files().get(0)))
                .post("/api/rules/try?callingAeTitle=TRIAL1")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(tried.getString("destinations.rule")).isEqualTo("trial");
        assertThat(tried.getString("urgency.says")).isEqualTo("LOW");
        assertThat(tried.getList("answers.fit")).containsExactly("FITS", "DIFFERS");
        assertThat(tried.getList("answers[1].why")).containsExactly("stationName is absent, asked for is OR_MR");
        assertThat(given().get("/api/studies/" + shown.uid()).statusCode()).isEqualTo(404);

        byte[] beginning = Files.readAllBytes(shown.files().get(0));
        HttpResponse<String> draft = tryDraft(beginning, "rules: [{name: draft, urgency: HIGH}]");
        assertThat(draft.statusCode()).as(draft.body()).isEqualTo(200);
        assertThat(new JsonPath(draft.body()).getString("urgency.rule")).isEqualTo("draft");
        HttpResponse<String> wrong = tryDraft(beginning, "rule: []");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("the draft: line 1: rule is none of rules");
        assertThat(given().get("/api/rules").jsonPath().getList("rules.name"))
                .as("nobody follows a draft")
                .containsExactly("trial", "theatre");
        assertThat(given().get("/api/rules/followed/"
                                + given().get("/api/rules").jsonPath().getString("sha256"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .isEqualTo(RULES);
        assertThat(given().get("/api/rules/followed/none").statusCode()).isEqualTo(404);
        assertThat(given().contentType("application/json")
                        .body("{}")
                        .post("/api/rules/try")
                        .then()
                        .statusCode(415)
                        .extract()
                        .asString())
                .contains("application/dicom or multipart/form-data is asked for");

        given().contentType("application/dicom")
                .body("no DICOM at all".getBytes(StandardCharsets.UTF_8))
                .post("/api/rules/try")
                .then()
                .statusCode(400);
    }

    /** With the length of the whole body, as curl and browsers send it. */
    private static HttpResponse<String> tryDraft(byte[] file, String rules) throws Exception {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        part(form, "file", file);
        part(form, "rules", rules.getBytes(StandardCharsets.UTF_8));
        form.writeBytes("--edge--\r\n".getBytes(StandardCharsets.US_ASCII));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/rules/try"))
                                .header("Content-Type", "multipart/form-data; boundary=edge")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void part(ByteArrayOutputStream form, String name, byte[] content) {
        form.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
