package org.rigatino.worker;

import static ca.uhn.hl7v2.AcknowledgmentCode.AE;
import static ca.uhn.hl7v2.AcknowledgmentCode.AR;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.util.Terser;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Tag;
import org.rigatino.hl7.Hl7Configuration;

/** What HL7 receivers get, from C-STORE on. */
@QuarkusTest
@WithTestResource(ResultReceivers.class)
class Hl7IT {
    @Inject
    StudyProbe probe;

    @Inject
    Hl7Configuration configuration;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @TempDir
    Path folder;

    @BeforeEach
    void awaitFeeds() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            for (String receiver : List.of("engine", "strict")) {
                await().atMost(StudyProbe.LONG).until(() -> !admin.listConsumerGroupOffsets("rigatino-hl7-" + receiver)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .isEmpty());
            }
        }
    }

    private Hl7Engine start(String receiver) throws InterruptedException {
        return new Hl7Engine(configuration.receivers().get(receiver).port());
    }

    @Test
    void outcomesComeInOrderOnceTheReceiverIsThereAndHasAcceptedThem() throws Exception {
        MrStudy study = new MrStudy(folder, "hl7").slice(slice -> slice.put(Tag.SpecificCharacterSet, "ISO_IR 192")
                .put(Tag.PatientName, "Müller&Šimek^Zoë")
                .put(Tag.IssuerOfPatientID, "SITE")
                .put(Tag.AccessionNumber, "ACC 7"));
        probe.send(study);
        probe.awaitResult(study, "RESTORED");
        probe.send(study.slice(slice -> slice.put(Tag.SpecificCharacterSet, "ISO_IR 192")
                .put(Tag.PatientName, "Müller&Šimek^Zoë")
                .put(Tag.IssuerOfPatientID, "SITE")
                .put(Tag.Modality, "CT")));
        probe.awaitResult(study, "REFUSED");
        try (Hl7Engine engine = start("engine")) {
            engine.answer(study, AE, AE);
            await().atMost(StudyProbe.LONG).until(() -> engine.of(study).size() == 4);
            List<Message> told = engine.of(study);
            assertThat(told.get(1).encode()).isEqualTo(told.get(0).encode());
            assertThat(told.get(2).encode()).isEqualTo(told.get(0).encode());
            restored(new Terser(told.get(0)));
            refused(new Terser(told.get(3)));
            for (Message accepted : told.subList(2, 4)) {
                String id = new Terser(accepted).get("/MSH-10");
                await().atMost(StudyProbe.LONG)
                        .untilAsserted(() -> assertThat(probe.audit(study)).contains("message " + id));
            }
        }
    }

    private static void restored(Terser message) throws Exception {
        assertThat(message.get("/MSH-9-3")).isEqualTo("ORU_R01");
        assertThat(message.get("/MSH-6")).isEqualTo("HOSPITAL");
        assertThat(message.get("/MSH-10")).hasSize(20);
        assertThat(message.get("/.PID-3-1")).isEqualTo("hl7");
        assertThat(message.get("/.PID-3-4")).isEqualTo("SITE");
        assertThat(message.get("/.PID-5-1")).isEqualTo("Müller&Šimek");
        assertThat(message.get("/.PID-5-2")).isEqualTo("Zoë");
        assertThat(message.get("/.PID-7")).isEqualTo("19700101");
        assertThat(message.get("/.PID-8")).isEqualTo("O");
        assertThat(message.get("/.OBR-3")).isEqualTo("ACC 7");
        assertThat(message.get("/.OBR-25")).isEqualTo("R");
        assertThat(Hl7Engine.observation(message, "OUTCOME")).isEqualTo("RESTORED");
        assertThat(Double.parseDouble(Hl7Engine.observation(message, "PERCENTILE")))
                .isBetween(0.0, 100.0);
        assertThat(Double.parseDouble(Hl7Engine.observation(message, "SCORE"))).isNotNegative();
        assertThat(Hl7Engine.observation(message, "111001")).isEqualTo("tiny");
        assertThat(Hl7Engine.observation(message, "WARNING")).isEqualTo("NOT FOR DIAGNOSTIC USE");
    }

    private static void refused(Terser message) throws Exception {
        assertThat(message.get("/.PID-5-2")).isEqualTo("Zoë");
        assertThat(message.get("/.OBR-25")).isEqualTo("X");
        assertThat(Hl7Engine.observation(message, "OUTCOME")).isEqualTo("REFUSED");
        assertThat(Hl7Engine.observation(message, "REFUSAL_RULE")).isNotBlank();
        assertThat(Hl7Engine.observation(message, "PERCENTILE")).isNull();
    }

    /** A failed study was not judged by the pipeline: whose it is, is judged for the message. */
    @Test
    void aFailedStudyNamesItsPatientAndAStudyOfTwoPatientsNeither() throws Exception {
        MrStudy failed = new MrStudy(folder, "hl7-failed").truncatedSlice();
        MrStudy mixed = new MrStudy(folder, "hl7-mixed").slice().sliceOfAnotherPatient();
        try (Hl7Engine engine = start("engine")) {
            probe.send(failed);
            probe.send(mixed);
            await().atMost(StudyProbe.LONG).until(() -> engine.of(failed).size() == 1);
            Terser message = new Terser(engine.of(failed).get(0));
            assertThat(message.get("/.PID-3-1")).isEqualTo("hl7-failed");
            assertThat(message.get("/.OBR-25")).isEqualTo("I");
            assertThat(Hl7Engine.observation(message, "FAILED_STAGE")).isEqualTo("image");
            await().atMost(StudyProbe.LONG).until(() -> engine.of(mixed).size() == 1);
            String refused = engine.of(mixed).get(0).encode();
            assertThat(refused).contains("REFUSED", "patient-identity").doesNotContain("\rPID", "ANOTHER", "TEST^");
        }
    }

    /** The receiver has the result under the patient who was wrong: there it is cancelled. */
    @Test
    void aResultOfAPatientWhoWasWrongIsTakenBackAndToldOfTheRightOne() throws Exception {
        MrStudy wrong = new MrStudy(folder, "hl7-corrected").slice(slice -> slice.put(Tag.PatientID, "WRONG"));
        MrStudy right = new MrStudy(Files.createDirectory(folder.resolve("right")), "hl7-corrected").slice();
        try (Hl7Engine engine = start("engine")) {
            probe.send(wrong);
            await().atMost(StudyProbe.LONG).until(() -> engine.of(wrong).size() == 1);
            probe.send(right);
            await().atMost(StudyProbe.LONG).until(() -> engine.of(right).size() == 2);
            JsonPath patients =
                    given().get("/api/studies/" + right.uid() + "/patients").jsonPath();
            given().contentType("application/json")
                    .body(Map.of(
                            "patients",
                            List.of(patients.getString("[1].patient")),
                            "version",
                            patients.getString("[0].version")))
                    .post("/api/studies/" + right.uid() + "/patient")
                    .then()
                    .statusCode(200);
            await().atMost(StudyProbe.LONG).until(() -> engine.of(right).size() == 4);
            Terser first = new Terser(engine.of(right).get(0));
            assertThat(first.get("/.PID-3-1")).isEqualTo("WRONG");
            assertThat(first.get("/.OBR-25")).isEqualTo("R");
            assertThat(engine.of(right).get(1).encode()).doesNotContain("\rPID");
            List<String> told = new ArrayList<>();
            for (Message message : engine.of(right).subList(2, 4)) {
                Terser terser = new Terser(message);
                told.add(terser.get("/.PID-3-1") + " " + terser.get("/.OBR-25"));
            }
            assertThat(told).containsExactlyInAnyOrder("WRONG X", "hl7-corrected R");
        }
    }

    @Test
    void aRejectedMessageIsOnRecordAndHoldsUpNoOther() throws Exception {
        MrStudy rejected = new MrStudy(folder, "hl7-rejected").sliceOfAnotherModality();
        MrStudy taken = new MrStudy(folder, "hl7-taken").sliceOfAnotherModality();
        try (Hl7Engine engine = start("strict")) {
            engine.answer(rejected, AR, AR);
            probe.send(rejected);
            await().atMost(StudyProbe.LONG).untilAsserted(() -> assertThat(probe.audit(rejected))
                    .contains("HL7_GIVEN_UP", "strict", "the last attempt: answered AR"));
            assertThat(engine.of(rejected)).hasSize(2);
            probe.send(taken);
            await().atMost(StudyProbe.LONG)
                    .untilAsserted(() -> assertThat(probe.audit(taken)).contains("HL7_ACCEPTED"));
        }
    }
}
