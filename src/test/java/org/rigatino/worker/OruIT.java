package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.access.UserRole;
import org.rigatino.dicom.Tag;
import org.rigatino.hl7.listen.Adt;
import org.rigatino.hl7.listen.Hl7Listening;
import org.rigatino.hl7.listen.MllpPeer;
import org.rigatino.hl7.listen.Oru;

/** Reports by MLLP and studies by C-STORE, and who is shown what of both. */
@QuarkusTest
@WithTestResource(ReportedWorker.class)
class OruIT {
    @Inject
    StudyProbe probe;

    @Inject
    Hl7Listening hl7;

    @TempDir
    Path folder;

    private static RequestSpecification as(String role) {
        return given().auth().preemptive().oauth2(ReportedWorker.token(role));
    }

    private static MrStudy study(Path folder, String name, String accession, String id) throws Exception {
        return new MrStudy(folder, name).slice(slice -> slice.put(Tag.AccessionNumber, accession)
                .put(Tag.PatientID, id)
                .put(Tag.IssuerOfPatientID, "SITE"));
    }

    private void send(MrStudy study) throws Exception {
        probe.send(study);
        await().atMost(StudyProbe.LONG)
                .until(() -> as(UserRole.RADIOLOGIST)
                                .get("/api/studies/" + study.uid())
                                .statusCode()
                        == 200);
    }

    private void report(Oru message) throws Exception {
        try (MllpPeer ris = new MllpPeer(hl7.port())) {
            assertThat(ris.send(message.toString())).contains("MSA|AA|");
        }
    }

    @Test
    void aReportIsShownToRadiologistsBesideItsStudyAndToNobodyElse() throws Exception {
        report(new Oru()
                .order("ORDER-1")
                .named("Test^Oru", "O")
                .of("patient-1^^^SITE", "19700101")
                .text("No infarction <b>seen</b>."));
        report(new Oru()
                .order("ORDER-1")
                .named("Test^Oru", "O")
                .of("patient-2^^^SITE", "19700101")
                .text("Another patient's secret."));
        MrStudy study = study(folder, "oru", "ORDER-1", "patient-1");
        send(study);
        report(new Oru()
                .order("ORDER-1")
                .named("Test^Oru", "O")
                .by("17&Weber&Ida")
                .of("patient-1^^^SITE", "19700101")
                .status("C")
                .at("20260102150000+0000")
                .text("Small infarction."));

        String reports = "/api/studies/" + study.uid() + "/reports";
        assertThat(as(UserRole.RADIOLOGIST).get(reports).jsonPath().getList("content"))
                .isEqualTo(List.of("Small infarction.", "No infarction <b>seen</b>."));
        assertThat(as(UserRole.RADIOLOGIST).get(reports).jsonPath().getList("status"))
                .isEqualTo(List.of("CORRECTED", "FINAL"));
        String page = as(UserRole.RADIOLOGIST).get("/studies/" + study.uid()).asString();
        assertThat(page)
                .contains("Reports of radiologists", "Small infarction.", "No infarction &lt;b&gt;seen&lt;/b&gt;.")
                .doesNotContain("secret");
        assertThat(as(UserRole.RADIOLOGIST)
                        .get("/studies/" + study.uid() + "?language=de")
                        .asString())
                .contains(
                        "Befundet von Weber, Ida.",
                        "Die Nachricht nennt Test, Oru, geb. 1970-01-01, O.",
                        "Befunde von Radiologen",
                        "Korrigiert",
                        "Frühere: 1");
        for (String role : List.of(UserRole.COORDINATOR, UserRole.AUDITOR, UserRole.ADMINISTRATOR)) {
            assertThat(as(role).get(reports).statusCode()).isEqualTo(403);
            assertThat(as(role).get("/studies/" + study.uid()).asString())
                    .contains(study.uid())
                    .doesNotContain("infarction", "Reports of radiologists");
        }
        assertThat(as(UserRole.AUDITOR)
                        .get("/api/studies/" + study.uid() + "/audit")
                        .asString())
                .contains("REPORT_RECEIVED", "RIS|RADIOLOGY", "reports of radiologists", "radiologist-program")
                .doesNotContain("infarction");

        assertThat(as(UserRole.ADMINISTRATOR).get("/api/reports/without-study").asString())
                .isEqualTo("{\"OTHER_PATIENT\":1}");
        assertThat(as(UserRole.ADMINISTRATOR).get("/administration").asString())
                .contains(
                        "data-reason=\"OTHER_PATIENT\"",
                        "data-waiting=\"M",
                        "<td>RIS|RADIOLOGY</td>",
                        "The study of the accession number is of another patient")
                .doesNotContain("secret", "patient-2");
        assertThat(as(UserRole.MONITOR).get("/q/metrics").asString()).contains("rigatino_hl7_received_total");
        assertThat(given().get("/q/health/ready").asString()).contains("HL7 listener");
    }

    /** As docs/operations.md has it. */
    @Test
    void theTryOutOfTheDocsIsAnsweredAndShown() throws Exception {
        String docs = Files.readString(Path.of("docs/operations.md"));
        String script = docs.substring(docs.indexOf("exec 3<>/dev/tcp"));
        script = script.substring(0, script.indexOf("```")).replace("/2575", "/" + hl7.port());
        MrStudy study = study(folder, "oru-trial", "ACC7", "4711");
        send(study);
        Path answer = folder.resolve("answer");
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        assertThat(bash.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).content().contains("MSA|AA|1");
        assertThat(as(UserRole.RADIOLOGIST)
                        .get("/api/studies/" + study.uid() + "/reports")
                        .jsonPath()
                        .getList("content"))
                .isEqualTo(List.of("No infarction."));
    }

    private static String now() {
        return DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx")
                .format(OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(2));
    }

    private void correct(Adt message) throws Exception {
        try (MllpPeer his = new MllpPeer(hl7.port())) {
            assertThat(his.send(message.toString())).contains("MSA|AA|");
        }
    }

    private static JsonPath identity(MrStudy study) {
        return as(UserRole.RADIOLOGIST)
                .get("/api/worklist/" + study.uid())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void anUpdateAndAMergeChangeWhatIsShownFoundAndComparedAndNoFile() throws Exception {
        MrStudy first = study(Files.createDirectory(folder.resolve("1")), "adt-1", "ADT-1", "prior");
        MrStudy second = study(Files.createDirectory(folder.resolve("2")), "adt-2", "ADT-2", "left");
        for (MrStudy study : List.of(first, second)) {
            send(study);
            await().atMost(StudyProbe.LONG)
                    .until(() -> as(UserRole.RADIOLOGIST)
                                    .get("/api/worklist/" + study.uid())
                                    .statusCode()
                            == 200);
        }
        String earlier = "/api/studies/" + first.uid() + "/earlier";
        assertThat(as(UserRole.RADIOLOGIST).get(earlier).jsonPath().getList("earlier"))
                .isEmpty();

        correct(new Adt("A08", now()).pid("prior^^^SITE", "MARRIED^JANE", "19700101", "O"));
        assertThat(identity(first).getString("identity.patientName")).isEqualTo("MARRIED^JANE");
        assertThat(as(UserRole.RADIOLOGIST).get("/studies/" + first.uid()).asString())
                .contains(
                        "MARRIED, JANE",
                        "id=\"corrected\"",
                        "data-corrected=\"PATIENT_NAME\"",
                        "<td><bdi>MARRIED, JANE</bdi></td><td><bdi>TEST, ADT-1</bdi></td>")
                .doesNotContain("data-corrected=\"PATIENT_SEX\"");
        assertThat(as(UserRole.RADIOLOGIST).get("/worklist?language=de").asString())
                .contains("aria-label=\"Berichtigt: der Patient wird so gezeigt", "✎ berichtigt");
        assertThat(as(UserRole.ADMINISTRATOR).get("/studies/" + first.uid()).asString())
                .doesNotContain("id=\"corrected\"", "TEST");

        correct(new Adt("A40", now())
                .pid("left^^^SITE", "MARRIED^JANE", "19700101", "O")
                .mrg("prior^^^SITE"));
        assertThat(identity(first).getString("identity.patientId")).isEqualTo("left");
        assertThat(as(UserRole.RADIOLOGIST).get(earlier).jsonPath().getList("earlier.studyInstanceUid"))
                .isEqualTo(List.of(second.uid()));
        assertThat(as(UserRole.RADIOLOGIST)
                        .get("/api/worklist?patientId=left&state=OPEN")
                        .asString())
                .contains(first.uid(), second.uid());
        String trail = as(UserRole.AUDITOR)
                .get("/api/studies/" + first.uid() + "/audit")
                .asString();
        assertThat(trail).contains("PATIENT_CORRECTED", "UPDATE, message", "MERGE, message");
        assertThat(trail).doesNotContain("MARRIED", "left");

        correct(new Adt("A08", now()).pid("left^^^SITE", "SOMEBODY^ELSE", "19990909", "M"));
        assertThat(identity(second).getString("identity.patientName")).doesNotContain("SOMEBODY");
        assertThat(as(UserRole.ADMINISTRATOR).get("/administration").asString())
                .contains(
                        "data-not-corrected=\"ANOTHER_PERSON\"",
                        "It would make another person of the study",
                        second.uid(),
                        "id=\"patient-messages\"")
                .doesNotContain("SOMEBODY");

        try (MllpPeer his = new MllpPeer(hl7.port())) {
            assertThat(his.send(new Adt("A08", now())
                            .pid("left^^^SITE", "MARRIED^JANE", "yesterday", "O")
                            .toString()))
                    .contains("MSA|AE|");
        }
        assertThat(as(UserRole.ADMINISTRATOR).get("/administration?language=de").asString())
                .contains(
                        "data-refused=\"DATA_TYPE_ERROR\"",
                        "PID-7: Was dort steht, hat nicht die Form, die es haben muss.<br>",
                        "lang=\"en\">answered AE, DATA_TYPE_ERROR: PID-7 ")
                .doesNotContain("yesterday");

        JsonPath messages =
                as(UserRole.ADMINISTRATOR).get("/api/patient-messages").jsonPath();
        assertThat(messages.getList("kind")).isEqualTo(List.of("UPDATE", "MERGE", "UPDATE"));
        String merge = "/api/patient-messages/" + messages.getLong("[1].id") + "/take-back";
        assertThat(as(UserRole.ADMINISTRATOR).get("/administration").asString())
                .contains("data-not-applied=\"ANOTHER_PERSON\">Not applied when it came<");
        assertThat(as(UserRole.ADMINISTRATOR)
                        .get(merge.replace("take-back", "effect"))
                        .header("ETag"))
                .matches("\"[0-9a-f]{64}\"");
        assertThat(as(UserRole.ADMINISTRATOR)
                        .header("If-Match", "\"" + "0".repeat(64) + "\"")
                        .post(merge)
                        .statusCode())
                .isEqualTo(412);
        // The merge also said the name of who was left.
        assertThat(as(UserRole.ADMINISTRATOR).post(merge).jsonPath().getInt("studies"))
                .isEqualTo(2);
        assertThat(as(UserRole.ADMINISTRATOR).post(merge).statusCode()).isEqualTo(404);
        assertThat(identity(first).getString("identity.patientId")).isEqualTo("prior");
        long update = messages.getLong("[2].id");
        String looked = as(UserRole.ADMINISTRATOR)
                .get("/administration/patient-messages?message=" + update)
                .asString();
        String effect = looked.replaceFirst("(?s).*name=\"effect\" value=\"([0-9a-f]{64})\".*", "$1");
        assertThat(looked)
                .contains("data-changes=\"" + first.uid() + "\"", "<td>Name</td>", "name=\"seen\"")
                .doesNotContain("MARRIED", "TEST^");
        assertThat(as(UserRole.ADMINISTRATOR)
                        .formParam("message", update)
                        .post("/administration/patient-messages")
                        .statusCode())
                .isEqualTo(400);
        assertThat(as(UserRole.ADMINISTRATOR)
                        .formParam("message", update)
                        .formParam("seen", "true")
                        .formParam("effect", "0".repeat(64))
                        .post("/administration/patient-messages")
                        .then()
                        .statusCode(409)
                        .extract()
                        .asString())
                .contains("Nothing was done", "data-changes=\"" + first.uid() + "\"", effect);
        assertThat(as(UserRole.ADMINISTRATOR)
                        .formParam("message", update)
                        .formParam("seen", "true")
                        .formParam("effect", effect)
                        .redirects()
                        .follow(false)
                        .post("/administration/patient-messages")
                        .statusCode())
                .isEqualTo(303);
        assertThat(identity(first).getString("identity.patientName")).doesNotContain("MARRIED");
        assertThat(as(UserRole.ADMINISTRATOR).get("/administration?language=de").asString())
                .contains("Zurückgenommen von administrator-program");
        assertThat(as(UserRole.AUDITOR)
                        .get("/api/studies/" + first.uid() + "/audit")
                        .asString())
                .contains("PATIENT_MESSAGE_TAKEN_BACK", "administrator-program");
    }
}
