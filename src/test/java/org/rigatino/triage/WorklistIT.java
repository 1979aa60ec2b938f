package org.rigatino.triage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.rigatino.Patience.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.rigatino.Patience;
import org.rigatino.access.People;
import org.rigatino.access.SecuredParts;
import org.rigatino.access.UserRole;
import org.rigatino.audit.AuditChain;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.Statement;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.persistence.Instance.Outcome;

/** The worklist over REST, with the real database: its order, what people do with it, and what the trail says of that. */
@QuarkusTest
@WithTestResource(SecuredParts.class)
class WorklistIT {
    private static final Duration LONG = Patience.STEP;
    private static final Duration FRESH = Duration.ofMinutes(1);

    @Inject
    DataSource database;

    @Inject
    IdentityRows identities;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @ConfigProperty(name = "quarkus.flyway.password")
    String ownerPassword;

    @Test
    void theMostUrgentIsFirstAndOfThoseTheOneThatWaitsLongest() throws Exception {
        JudgedStudy low = study("10").judged(1, "LOW", 20, Duration.ofMinutes(50));
        JudgedStudy medium = study("11").judged(1, "MEDIUM", 96, Duration.ofMinutes(40));
        JudgedStudy high = study("12").judged(1, "HIGH", 99, FRESH);
        JudgedStudy longer = study("13").judged(1, "HIGH", 98, Duration.ofMinutes(30));
        JudgedStudy failed = study("14").failed(1, "image", Duration.ofMinutes(5));
        JudgedStudy mixed = study("15").refused(1, "patient-identity", Duration.ofMinutes(4));
        JudgedStudy outOfScope = study("16").refused(1, "modality", Duration.ofMinutes(55));
        List<JudgedStudy> expected = List.of(longer, high, failed, mixed, medium, low);
        for (JudgedStudy study : expected) {
            awaitListed(study);
        }
        List<String> uids = expected.stream().map(JudgedStudy::uid).toList();
        JsonPath list = coordinator().get("/api/worklist?size=1000").jsonPath();
        List<String> listed = new ArrayList<>(list.getList("entries.studyInstanceUid"));
        assertThat(listed).doesNotContain(outOfScope.uid());
        listed.retainAll(uids);
        assertThat(listed).isEqualTo(uids);
        assertThat(list.getInt("total")).isEqualTo(list.getList("entries").size());

        coordinator()
                .get("/api/worklist/" + high.uid())
                .then()
                .body("priority", equalTo("HIGH"))
                .body("reason.sopInstanceUid", equalTo(high.image(1)))
                .body("reason.percentile", equalTo(99.0f))
                .body("trouble", nullValue());
        coordinator()
                .get("/api/worklist/" + mixed.uid())
                .then()
                .body("priority", equalTo("UNJUDGED"), "trouble.rule", equalTo("patient-identity"));
        coordinator().get("/api/worklist/" + outOfScope.uid()).then().statusCode(404);
        assertThat(coordinator()
                        .get("/api/worklist?priority=UNJUDGED&priority=LOW&size=1000")
                        .jsonPath()
                        .getList("entries.priority"))
                .contains("UNJUDGED", "LOW")
                .doesNotContain("HIGH", "MEDIUM");
    }

    @Test
    void whatIsRefusedAsUnlikeIsListedAndSaidInWords() throws Exception {
        JudgedStudy alone = study("96")
                .refused(1, "unlike", FRESH)
                .image(1, 2, Outcome.REFUSED, "unlike", "distance 2.10 from the model's normal images");
        JudgedStudy some = study("97")
                .judged(1, "LOW", 20, FRESH)
                .image(1, 2, Outcome.RESTORED, null, "frames 1-2: unlike: distance 2.10")
                .image(1, 3, Outcome.REFUSED, "unlike", "distance 2.10 from the model's normal images");
        awaitListed(alone);
        awaitListed(some);
        coordinator()
                .get("/api/worklist/" + alone.uid())
                .then()
                .body("priority", equalTo("UNJUDGED"), "trouble.rule", equalTo("unlike"), "imagesUnlike", equalTo(1));
        coordinator()
                .get("/api/worklist/" + some.uid())
                .then()
                .body("priority", equalTo("UNJUDGED"), "trouble", nullValue(), "imagesUnlike", equalTo(2));
        for (Map.Entry<String, String> words : Map.of(
                        "en", "Too unlike the model&#39;s normal images to be judged",
                        "de", "den Normalbildern des Modells, um beurteilt zu werden")
                .entrySet()) {
            for (String page : List.of("/worklist?priority=UNJUDGED", "/studies/" + some.uid())) {
                coordinator()
                        .header("Accept-Language", words.getKey())
                        .get(page)
                        .then()
                        .statusCode(200)
                        .body(containsString(words.getValue()));
            }
        }
    }

    @Test
    void amongUrgentStudiesThatIsFirstWhichIsFurthestBeyondTheNormalOnes() throws Exception {
        JudgedStudy near =
                study("17").judged(1, "HIGH", 100, Duration.ofMinutes(30)).against(1, 0.05, 0.5);
        JudgedStudy far = study("18").judged(1, "HIGH", 100, FRESH).against(1, 0.05, 3.25);
        JudgedStudy alike =
                study("19").judged(1, "HIGH", 100, Duration.ofMinutes(20)).against(1, 0.05, 0.5);
        List<JudgedStudy> expected = List.of(far, near, alike);
        for (JudgedStudy study : expected) {
            awaitListed(study);
        }
        List<String> uids = expected.stream().map(JudgedStudy::uid).toList();
        List<String> listed = new ArrayList<>(coordinator()
                .get("/api/worklist?priority=HIGH&size=1000")
                .jsonPath()
                .getList("entries.studyInstanceUid"));
        listed.retainAll(uids);
        assertThat(listed).isEqualTo(uids);
        coordinator()
                .get("/api/worklist/" + far.uid())
                .then()
                .body("reason.againstNormalStudies.pValue", equalTo(0.05f))
                .body("reason.againstNormalStudies.beyond", equalTo(3.25f))
                .body("reason.againstNormalStudies.normalStudies", equalTo(19));
        far.judged(2, "LOW", 20, FRESH).against(2, 0.9, 0);
        coordinator()
                .get("/api/worklist/" + far.uid())
                .then()
                .body("reason.againstNormalStudies.beyond", equalTo(3.25f));
    }

    @Test
    void whatIsAcknowledgedLeavesTheListAndTheTrailSaysWhoSawToIt() throws Exception {
        JudgedStudy study = study("20").judged(1, "HIGH", 99, FRESH);
        int version = awaitListed(study);
        act(radiologist(), study, "acknowledge", version)
                .then()
                .statusCode(200)
                .body("state", equalTo("ACKNOWLEDGED"), "acknowledgedBy", equalTo("radiologist-program"));
        assertThat(open()).doesNotContain(study.uid());
        assertThat(coordinator()
                        .get("/api/worklist?state=ACKNOWLEDGED&size=1000")
                        .jsonPath()
                        .getList("entries.studyInstanceUid"))
                .contains(study.uid());
        act(coordinator(), study, "acknowledge", version)
                .then()
                .statusCode(409)
                .body("detail", containsString("was acknowledged by radiologist-program"))
                .body("entry.acknowledgedBy", equalTo("radiologist-program"));
        assertThat(trail(study))
                .containsExactly("STUDY_ACKNOWLEDGED radiologist-program 127.0.0.1 revision 1: priority HIGH");
    }

    @Test
    void whatIsOpenedAgainByHandGoesBackToItsPlace() throws Exception {
        JudgedStudy before = study("80").judged(1, "MEDIUM", 97, Duration.ofMinutes(8));
        JudgedStudy study = acknowledged(study("81").judged(1, "MEDIUM", 97, Duration.ofMinutes(7)));
        awaitListed(before);
        int version = awaitListed(study);
        version = act(coordinator(), study, "reopen", version)
                .then()
                .statusCode(200)
                .body("state", equalTo("OPEN"), "escalatedBy", nullValue(), "acknowledgedBy", nullValue())
                .body(
                        "reopenedBecause",
                        equalTo("opened again by coordinator-program, after radiologist-program had acknowledged it"))
                .extract()
                .path("version");
        assertThat(open()).containsSubsequence(before.uid(), study.uid());
        act(radiologist(), study, "reopen", version).then().statusCode(409).body("detail", containsString("is open"));
        assertThat(trail(study))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("STUDY_REOPENED coordinator-program 127.0.0.1");
    }

    @Test
    void aStudyIsGivenToSomeoneWhoReadsTheListAndTakenBack() throws Exception {
        addUser("rosa", UserRole.RADIOLOGIST);
        addUser("otto", UserRole.AUDITOR);
        JudgedStudy study = study("30").judged(1, "MEDIUM", 96, FRESH);
        int version = awaitListed(study);
        assign(study, version, "nobody").then().statusCode(400).body("detail", containsString("no user nobody"));
        assign(study, version, "otto").then().statusCode(400).body("detail", containsString("neither"));
        assign(study, version, "<rosa>").then().statusCode(400);
        version = assign(study, version, "rosa")
                .then()
                .statusCode(200)
                .body("assignedTo", equalTo("rosa"))
                .extract()
                .path("version");
        assertThat(coordinator().get("/api/worklist?assignedTo=rosa").jsonPath().getList("entries.studyInstanceUid"))
                .containsExactly(study.uid());
        act(radiologist(), study, "assign", version - 1)
                .then()
                .statusCode(409)
                .body("detail", containsString("is with rosa"));
        version = act(radiologist(), study, "assign", version)
                .then()
                .body("assignedTo", equalTo("radiologist-program"))
                .extract()
                .path("version");
        version = act(radiologist(), study, "release", version)
                .then()
                .body("assignedTo", nullValue())
                .extract()
                .path("version");
        act(radiologist(), study, "release", version)
                .then()
                .statusCode(409)
                .body("detail", containsString("nobody has study"));
        assertThat(trail(study))
                .containsExactly(
                        "STUDY_ASSIGNED coordinator-program 127.0.0.1 revision 1: priority MEDIUM, assigned to rosa",
                        "STUDY_ASSIGNED radiologist-program 127.0.0.1 revision 1: priority MEDIUM, assigned to"
                                + " radiologist-program, before to rosa",
                        "STUDY_RELEASED radiologist-program 127.0.0.1 revision 1: priority MEDIUM, before to"
                                + " radiologist-program");
    }

    @Test
    void whatWaitsBeyondItsLimitGoesToTheTopByItself() throws Exception {
        JudgedStudy other = study("40").judged(1, "HIGH", 99, Duration.ofMinutes(59));
        JudgedStudy medium = study("41").judged(1, "MEDIUM", 96, Duration.ofDays(1));
        JudgedStudy late = study("42").judged(1, "HIGH", 97, Duration.ofMinutes(61));
        await().atMost(LONG).untilAsserted(() -> coordinator()
                .get("/api/worklist/" + late.uid())
                .then()
                .body("escalatedBy", equalTo("rigatino.triage.escalate-after")));
        awaitListed(other);
        int version = awaitListed(medium);
        assertThat(open()).containsSubsequence(late.uid(), other.uid(), medium.uid());
        assertThat(trail(late))
                .containsExactly("STUDY_ESCALATED null null revision 1: priority HIGH and not acknowledged within PT1H"
                        + " of the last instance");

        version = act(radiologist(), medium, "escalate", version)
                .then()
                .statusCode(200)
                .extract()
                .path("version");
        assertThat(open()).containsSubsequence(late.uid(), medium.uid(), other.uid());
        act(radiologist(), medium, "escalate", version)
                .then()
                .statusCode(409)
                .body("detail", containsString("was escalated by radiologist-program"));
        version = act(radiologist(), medium, "de-escalate", version)
                .then()
                .statusCode(200)
                .body("escalatedBy", nullValue())
                .extract()
                .path("version");
        assertThat(open()).containsSubsequence(late.uid(), other.uid(), medium.uid());
        act(radiologist(), medium, "de-escalate", version)
                .then()
                .statusCode(409)
                .body("detail", containsString("is not escalated"));
        act(radiologist(), late, "de-escalate", awaitListed(late))
                .then()
                .statusCode(409)
                .body("detail", containsString("rigatino.triage.escalate-after"));
        assertThat(trail(medium))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("STUDY_ESCALATED radiologist-program"),
                        one -> assertThat(one).startsWith("STUDY_DE_ESCALATED radiologist-program"));
    }

    @Test
    void lateImagesBringAStudyBackWhereTheyMatter() throws Exception {
        JudgedStudy raised = acknowledged(study("50").judged(1, "LOW", 10, Duration.ofMinutes(9)));
        JudgedStudy again = acknowledged(study("51").judged(1, "HIGH", 99, Duration.ofMinutes(9)));
        JudgedStudy troubled = acknowledged(study("52").judged(1, "LOW", 10, Duration.ofMinutes(9)));
        JudgedStudy calm = acknowledged(study("53").judged(1, "HIGH", 99, Duration.ofMinutes(9)));
        raised.judged(2, "MEDIUM", 96, FRESH);
        again.judged(2, "HIGH", 98, FRESH);
        troubled.failed(2, "restore", FRESH);
        calm.judged(2, "LOW", 10, FRESH);
        Map<JudgedStudy, String> expected = Map.of(
                raised, "revision 2 raised it from LOW to MEDIUM, after radiologist-program had acknowledged it",
                again, "revision 2 is HIGH too, after radiologist-program had acknowledged it",
                troubled, "revision 2 failed at restore, after radiologist-program had acknowledged it");
        for (Map.Entry<JudgedStudy, String> study : expected.entrySet()) {
            await().atMost(LONG).untilAsserted(() -> coordinator()
                    .get("/api/worklist/" + study.getKey().uid())
                    .then()
                    .body("state", equalTo("OPEN"), "reopenedBecause", equalTo(study.getValue())));
            assertThat(trail(study.getKey())).last().asString().endsWith(study.getValue());
        }
        await().atMost(LONG).untilAsserted(() -> coordinator()
                .get("/api/worklist/" + calm.uid())
                .then()
                .body("revision", equalTo(2), "state", equalTo("ACKNOWLEDGED"), "imagesSeen", equalTo(2)));
        try (Connection connection = database.getConnection()) {
            assertThat(AuditChain.verify(connection).problem()).isNull();
        }
    }

    @Test
    void ofTwoWhoActAtOnceOneIsToldThatTheOtherWasQuicker() throws Exception {
        JudgedStudy study = study("60").judged(1, "HIGH", 99, FRESH);
        int version = awaitListed(study);
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> acts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                acts.add(() -> act(radiologist(), study, "assign", version).statusCode());
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : people.invokeAll(acts)) {
                statuses.add(status.get());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        } finally {
            people.shutdown();
        }
        assertThat(trail(study)).hasSize(1);
    }

    /** Of two transactions that wait for one another the database ends the one that waited first: the person's. */
    @Test
    void anActThatTheDatabaseEndsForTheSakeOfAnotherIsRepeated() throws Exception {
        JudgedStudy study = study("71").judged(1, "HIGH", 99, FRESH);
        for (int more = 1; !isEndedForTheSakeOfAnother(study); more++) {
            study = study("71." + more).judged(1, "HIGH", 99, FRESH);
        }
        assertThat(trail(study)).hasSize(1);
    }

    /** False where the machine was so slow that the database ended the other: who waits looks once, after a second. */
    private boolean isEndedForTheSakeOfAnother(JudgedStudy study) throws Exception {
        int version = awaitListed(study);
        ExecutorService person = Executors.newSingleThreadExecutor();
        try (Connection other = DriverManager.getConnection(url, owner, ownerPassword);
                java.sql.Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            AuditChain.append(other, List.of());
            Future<Integer> act = person.submit(
                    () -> act(radiologist(), study, "acknowledge", version).statusCode());
            await().pollInterval(Duration.ofMillis(10)).until(() -> waitsForTheChain() && holdsEntry(study));
            boolean ended = locks(statement, study);
            other.commit();
            assertThat(act.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(200);
            return ended;
        } finally {
            person.shutdown();
        }
    }

    private static boolean locks(java.sql.Statement statement, JudgedStudy study) throws SQLException {
        try {
            statement.execute("select from worklist_entry where study_instance_uid = '" + study.uid() + "' for update");
            return true;
        } catch (SQLException e) {
            if (!"40P01".equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    private boolean waitsForTheChain() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, owner, ownerPassword);
                java.sql.Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery("select from pg_locks waits join pg_locks holds using (pid) where not waits.granted"
                            + " and waits.locktype = 'advisory' and holds.relation = 'worklist_entry'::regclass")
                    .next();
        }
    }

    private boolean holdsEntry(JudgedStudy study) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, owner, ownerPassword);
                java.sql.Statement statement = connection.createStatement()) {
            return !statement
                    .executeQuery("select from worklist_entry where study_instance_uid = '" + study.uid()
                            + "' for update skip locked")
                    .next();
        }
    }

    @Test
    void anActThatSaysNotWhatItSawIsRefused() throws Exception {
        JudgedStudy study = study("70").judged(1, "HIGH", 99, FRESH);
        awaitListed(study);
        String path = "/api/worklist/" + study.uid() + "/acknowledge";
        for (String body : List.of("{}", "null", "{\"version\": null}", "{\"version\": \"one\"}", "no json")) {
            radiologist()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(path)
                    .then()
                    .statusCode(400);
        }
        radiologist()
                .contentType(ContentType.JSON)
                .body("{}")
                .post(path)
                .then()
                .body("detail", containsString("\"version\""));
        act(radiologist(), study("79"), "acknowledge", 0)
                .then()
                .statusCode(404)
                .body("detail", containsString("is on the worklist"));
        assertThat(trail(study)).isEmpty();
    }

    @Test
    void aNamedPatientIsFoundAndWhoIsShownThemIsInTheTrail() throws Exception {
        JudgedStudy jane = study("90").judged(1, "HIGH", 99, FRESH);
        JudgedStudy other = study("91").judged(1, "LOW", 5, FRESH);
        JudgedStudy refused = study("92").refused(1, "modality", FRESH);
        JudgedStudy before = study("93").judged(1, "LOW", 6, FRESH);
        is(jane, "Müller^Eva=山田^太郎", "4711", "ACC-90");
        is(other, "Roe^Richard", "47110", "ACC-91");
        is(refused, "Müller^Max", "4713", "ACC-92");
        for (JudgedStudy study : List.of(jane, other, before)) {
            awaitListed(study);
        }
        for (String question : List.of(
                "search=muller",
                "search=MÜL eva",
                "search=4711",
                "search=acc-90",
                "name=山田",
                "patientId=4711&sender=TEST",
                "accession=acc-90&release=tiny/1&priority=HIGH",
                "name=müller&from=2026-06-29&to=2026-06-29")) {
            assertThat(found("/api/worklist?" + question))
                    .as(question)
                    .contains(jane.uid())
                    .doesNotContain(before.uid());
        }
        assertThat(found("/api/worklist?patientId=4711")).containsExactly(jane.uid());
        for (String question : List.of(
                "search=%25",
                "name=_",
                "search=doe",
                "patientId=471",
                "name=müller&priority=LOW",
                "name=müller&release=x/1",
                "name=müller&modality=CT",
                "name=müller&sender=NOBODY",
                "name=müller&from=2026-06-30",
                "name=müller&state=ACKNOWLEDGED",
                "name=' or true--")) {
            assertThat(found("/api/worklist?" + question)).as(question).isEmpty();
        }
        assertThat(found("/api/worklist/refused?name=müller")).containsExactly(refused.uid());
        assertThat(found("/api/worklist/arriving?name=müller")).isEmpty();
        coordinator()
                .get("/api/worklist/" + jane.uid())
                .then()
                .body("identity.patientName", equalTo("Müller^Eva=山田^太郎"), "identity.age", equalTo("055Y"));
        coordinator().get("/api/worklist/" + before.uid()).then().body("identity.state", equalTo("NOT_RECORDED"));
        assertThat(trail(jane).stream().filter(row -> row.startsWith("IDENTITY_VIEWED coordinator-program")))
                .hasSize(1)
                .noneMatch(row -> row.contains("4711") || row.contains("ller"));
        for (String question :
                List.of("nmae=doe", "from=doe", "from=2026-06-30&to=2026-06-29", "sender=\u0000", "priority=URGENT")) {
            assertThat(coordinator().get("/api/worklist?" + question).statusCode())
                    .as(question)
                    .isIn(400, 404);
        }
        assertThat(coordinator().get("/api/worklist?from=Doe").asString()).doesNotContainIgnoringCase("doe");
    }

    @Test
    void whatHasArrivedAndIsNotJudgedIsListedWithItsPatient() throws Exception {
        try (Connection connection = database.getConnection();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                            + " values ('1.2.826.0.1.7.95', 1, 'RESTORING', now(), now() + interval '1 day')");
        }
        is(study("95"), "Poe^Edgar", "4795", "ACC-95");
        coordinator()
                .get("/api/worklist/arriving?search=poe")
                .then()
                .body("total", equalTo(1))
                .body("entries[0].studyInstanceUid", equalTo("1.2.826.0.1.7.95"))
                .body("entries[0].state", equalTo("RESTORING"))
                .body("entries[0].identity.patientName", equalTo("Poe^Edgar"));
    }

    /** An address holds what was searched for, and an exception may quote a value. */
    @Test
    void aFindingIsAnsweredAndRevisedByWhoSawTheAnswerBefore() throws Exception {
        JudgedStudy study = study("61").judged(1, "HIGH", 99, FRESH);
        String image = "\"sopInstanceUid\": \"" + study.image(1) + "\", \"frameNumber\": 1, ";
        long first = answer(radiologist(), study, image + "\"verdict\": \"AGREE\"")
                .then()
                .statusCode(200)
                .body(
                        "answeredBy",
                        equalTo("radiologist-program"),
                        "modelName",
                        equalTo("tiny"),
                        "flagged",
                        equalTo(true))
                .extract()
                .jsonPath()
                .getLong("id");
        answer(radiologist(), study, image + "\"verdict\": \"DISAGREE\"")
                .then()
                .statusCode(409)
                .body("detail", containsString("radiologist-program answered"), "current.verdict", equalTo("AGREE"));
        answer(
                        radiologist(),
                        study,
                        image + "\"verdict\": \"DISAGREE\", \"reason\": \"NORMAL_VARIANT\", \"comment\":"
                                + " \"<b>\\u00fcber</b>\", \"revises\": " + first)
                .then()
                .statusCode(200);
        coordinator()
                .get("/api/studies/" + study.uid() + "/answers")
                .then()
                .statusCode(200)
                .body("verdict", equalTo(List.of("AGREE", "DISAGREE")), "inForce", equalTo(List.of(false, true)))
                .body("[1].comment", equalTo("<b>\u00fcber</b>"), "[1].revises", equalTo((int) first));
        coordinator().get("/api/studies/" + study.uid() + "/answers");
        coordinator()
                .get("/api/studies/" + study("62").uid() + "/answers")
                .then()
                .body("", equalTo(List.of()));
        assertThat(trail(study).stream().filter(row -> row.startsWith("STUDY_VIEWED coordinator-program")))
                .hasSize(1)
                .allMatch(row -> row.endsWith("answers to its findings, with comments"));
        answer(radiologist(), study, image + "\"verdict\": \"AGREE\"")
                .then()
                .statusCode(409)
                .body("current.comment", nullValue(), "current.commented", equalTo(true));
        answer(coordinator(), study, image + "\"verdict\": \"AGREE\"").then().statusCode(403);
        answer(radiologist().header("Sec-Fetch-Site", "cross-site"), study, image + "\"verdict\": \"AGREE\"")
                .then()
                .statusCode(403);
        answer(radiologist(), study("62").judged(1, "LOW", 5, FRESH), image + "\"verdict\": \"AGREE\"")
                .then()
                .statusCode(404);
        for (String wrong : List.of(
                "\"verdict\": 1",
                "\"verdict\": \"PERHAPS\"",
                "\"verdict\": \"AGREE\", \"coment\": \"misspelt\"",
                "\"verdict\": \"AGREE\", \"comment\": \"a\\nb\"",
                "\"verdict\": \"AGREE\", \"comment\": \"a\\u202eb\"",
                "\"verdict\": \"AGREE\", \"comment\": \"" + "a".repeat(1001) + "\"",
                "\"verdict\": \"MISSED\", \"column\": 0.5, \"row\": 0",
                "\"verdict\": \"MISSED\", \"column\": 0")) {
            assertThat(answer(radiologist(), study, image + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(answer(radiologist(), study, image + "\"comment\": \"" + "a".repeat(1 << 20) + "\"")
                        .statusCode())
                .isEqualTo(413);
        assertThat(trail(study))
                .filteredOn(event -> event.contains("FINDING_ANSWERED"))
                .hasSize(2);
    }

    private static Response answer(RequestSpecification who, JudgedStudy study, String fields) {
        return who.contentType(ContentType.JSON)
                .body("{" + fields + "}")
                .post("/api/studies/" + study.uid() + "/answers");
    }

    @Test
    void whatPeopleSearchForAndWriteIsInNoLogThoughTheDatabaseFails() throws Exception {
        JudgedStudy study = study("63").judged(1, "HIGH", 99, FRESH);
        String said = "\"sopInstanceUid\": \"" + study.image(1) + "\", \"frameNumber\": 1, \"verdict\": \"AGREE\","
                + " \"comment\": \"Zebulonski\"";
        String log = logged("revoke select on study_identity from rigatino_app", () -> {
            assertThat(coordinator().get("/api/worklist?search=Zebulonski").statusCode())
                    .isEqualTo(500);
            assertThat(coordinator().get("/worklist?search=Zebulonski").statusCode())
                    .isEqualTo(500);
        });
        log += logged("alter table answer_comment add constraint never check (length(comment) < 0) not valid", () -> {
            assertThat(answer(radiologist(), study, said).statusCode()).isEqualTo(500);
            assertThat(answer(radiologist(), study, said + ", \"Zebulonski\": {")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(answer(radiologist(), study, said + ", \"reason\": \"Zebulonski\"")
                            .statusCode())
                    .isEqualTo(400);
        });
        assertThat(log).contains("study_identity", "23514").doesNotContainIgnoringCase("zebulonski");
    }

    /** What is logged while the database is changed by its owner so that it fails. */
    private String logged(String change, Runnable act) throws SQLException {
        StringBuffer log = new StringBuffer();
        Handler capture = new Handler() {
            private final PatternFormatter formatter = new PatternFormatter("%p [%c] %s%e%n");

            @Override
            public void publish(LogRecord event) {
                log.append(formatter.format(event));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(capture);
        try (Connection connection = DriverManager.getConnection(url, owner, ownerPassword);
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute(change);
            act.run();
            statement.execute("grant select on study_identity to rigatino_app");
            statement.execute("alter table answer_comment drop constraint if exists never");
        } finally {
            Logger.getLogger("").removeHandler(capture);
        }
        return log.toString();
    }

    private void is(JudgedStudy study, String name, String id, String accession) {
        StudyIdentity said = new StudyIdentity(
                "p",
                Map.of(
                        IdentityAttribute.PATIENT_NAME, name,
                        IdentityAttribute.PATIENT_ID, id,
                        IdentityAttribute.ACCESSION_NUMBER, accession,
                        IdentityAttribute.PATIENT_BIRTH_DATE, "19710101",
                        IdentityAttribute.STUDY_DATE, "20260629"));
        QuarkusTransaction.requiringNew()
                .run(() -> identities.record(List.of(new Statement(study.uid(), said)), Instant.now()));
    }

    private static List<String> found(String list) {
        return coordinator()
                .get(list)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("entries.studyInstanceUid");
    }

    private JudgedStudy study(String number) {
        return new JudgedStudy(database, "1.2.826.0.1.7." + number);
    }

    private JudgedStudy acknowledged(JudgedStudy study) {
        act(radiologist(), study, "acknowledge", awaitListed(study)).then().statusCode(200);
        return study;
    }

    /** The entry's version. */
    private static int awaitListed(JudgedStudy study) {
        String path = "/api/worklist/" + study.uid();
        await().atMost(LONG).until(() -> coordinator().get(path).statusCode() == 200);
        return coordinator().get(path).path("version");
    }

    private static List<String> open() {
        return coordinator().get("/api/worklist?size=1000").jsonPath().getList("entries.studyInstanceUid");
    }

    private static Response act(RequestSpecification who, JudgedStudy study, String act, int version) {
        return who.contentType(ContentType.JSON)
                .body(Map.of("version", version))
                .post("/api/worklist/" + study.uid() + "/" + act);
    }

    private static Response assign(JudgedStudy study, int version, String to) {
        return coordinator()
                .contentType(ContentType.JSON)
                .body(Map.of("version", version, "to", to))
                .post("/api/worklist/" + study.uid() + "/assign");
    }

    private static RequestSpecification coordinator() {
        return by(UserRole.COORDINATOR);
    }

    private static RequestSpecification radiologist() {
        return by(UserRole.RADIOLOGIST);
    }

    private static RequestSpecification by(String role) {
        return given().auth().preemptive().oauth2(SecuredParts.token(role));
    }

    @Test
    void whatIsMisspeltInABodyIsRefused() {
        Map<String, String> bodies = Map.of(
                "/api/destinations/ward",
                "{\"host\": \"127.0.0.1\", \"prot\": 14243, \"aeTitle\": \"ARCHIVE\"}",
                "/api/destinations/ward?version=1",
                "{\"host\": \"127.0.0.1\", \"port\": 14243.5, \"aeTitle\": \"ARCHIVE\"}");
        bodies.forEach((path, body) -> {
            Response answer = by(UserRole.ADMINISTRATOR)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .put(path);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.asString()).as(body).contains(body.contains("prot") ? "prot" : "port");
        });
        assertThat(by(UserRole.ADMINISTRATOR).get("/api/destinations").asString())
                .doesNotContain("ward");
        String act = "{\"version\": 1, \"asignee\": \"eva\"}";
        assertThat(coordinator()
                        .contentType(ContentType.JSON)
                        .body(act)
                        .post("/api/worklist/2.25.1/assign")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aValueOfAnotherKindIsNamedWithWhatIsAskedFor() {
        Map<String, String> told = Map.of(
                "{\"host\": \"127.0.0.1\", \"port\": \"archive\"}", "\"port\" is text, and a whole number is asked for",
                "{\"host\": [\"127.0.0.1\"]}", "\"host\" is a list, and text is asked for",
                "{\"prot\": 1}", "\"prot\" is not known; known there are aeTitle, ",
                "[]", "the body is a list, and an object is asked for");
        told.forEach((body, detail) -> by(UserRole.ADMINISTRATOR)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/destinations/ward")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith(detail)));
        by(UserRole.ADMINISTRATOR)
                .contentType(ContentType.JSON)
                .body("{\"host\": \"127.0.0.1\",\n \"aeTitle\": MUELLER}")
                .put("/api/destinations/ward")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("the body is no JSON (RFC 8259): line 2, column "))
                .body("detail", not(containsString("MUELLER")));
        by(UserRole.ADMINISTRATOR)
                .contentType(ContentType.TEXT)
                .body("port=1")
                .put("/api/destinations/ward")
                .then()
                .statusCode(415)
                .body("detail", containsString("application/json is asked for"));
    }

    /** What the trail says of the study, as KIND ACTOR ADDRESS SUBJECT: DETAIL, oldest first. */
    private static List<String> trail(JudgedStudy study) {
        String whole = "/api/studies/" + study.uid() + "/audit";
        List<Map<String, Object>> rows =
                by(UserRole.AUDITOR).get(whole).jsonPath().getList("$");
        assertThat(paged(whole + "?size=2")).isEqualTo(rows);
        return rows.stream()
                .map(row -> row.get("kind") + " " + row.get("actor") + " " + row.get("address") + " "
                        + row.get("subject") + ": " + row.get("detail"))
                .toList();
    }

    /** Page after page, as the header Link leads. */
    private static List<Map<String, Object>> paged(String path) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String at = path; at != null; ) {
            Response page = by(UserRole.AUDITOR).get(at);
            List<Map<String, Object>> some = page.jsonPath().getList("$");
            assertThat(some).hasSizeLessThanOrEqualTo(2);
            rows.addAll(some);
            String link = page.header("Link");
            at = link == null ? null : link.replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
        }
        return rows;
    }

    private static void addUser(String name, String role) {
        People.add(name, role, "a long enough password");
    }
}
