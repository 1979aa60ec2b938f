package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        given().get("/api/rules").jsonPath().getList("rules.name"))
                .contains(name));
    }

    private void send(MrStudy study, String sender) throws IOException {
        study.send(new RemoteNode(
                "127.0.0.1", ingest.port(), ingest.aeTitle(), sender, Duration.ofSeconds(5), Duration.ofSeconds(30)));
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
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        given().get("/api/rules").jsonPath().getString("problem"))
                .contains("\"broken\" decides nothing"));
        assertThat(given().get("/api/rules").jsonPath().getList("rules.name")).containsExactly("nobody");
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
        assertThat(given().get("/api/rules").jsonPath().getList("warnings.text"))
                .singleElement()
                .asString()
                .startsWith("rule \"proven\" does not let tiny/" + RunningWorker.SHADOW + " look");
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

        given().contentType("application/dicom")
                .body("no DICOM at all".getBytes(StandardCharsets.UTF_8))
                .post("/api/rules/try")
                .then()
                .statusCode(400);
    }
}
