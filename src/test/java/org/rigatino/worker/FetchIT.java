package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Patience;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.AssociationRejectedException;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.QueryRetrieveScp;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.ScriptedArchive;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.dicomweb.DicomwebOrthanc;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.IngestProbe;
import org.rigatino.proof.demo.Orthanc;
import org.rigatino.web.FetchCommand;
import org.rigatino.workitem.UpsService;
import org.rigatino.workitem.WorkitemConfiguration;
import picocli.CommandLine;

/** Studies of archives without DICOMweb, by C-FIND and C-MOVE: DCMTK's dcmqrscp, Orthanc, and one that is wrong. */
@QuarkusTest
@QuarkusTestResource(value = FetchingWorker.class, restrictToAnnotatedClass = true)
class FetchIT {
    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    WorkitemConfiguration workitems;

    @Inject
    StudyProbe studies;

    @Inject
    IngestProbe record;

    @TempDir
    Path folder;

    /** How a command ended, and what it printed on both streams. */
    private record Ended(int exit, String printed) {}

    private static Ended fetch(String... options) {
        StringWriter printed = new StringWriter();
        CommandLine command = new CommandLine(new FetchCommand())
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed));
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--url", "http://localhost:" + RestAssured.port));
        return new Ended(command.execute(all.toArray(String[]::new)), printed.toString());
    }

    private QueryRetrieveScp oldArchive() throws IOException {
        return QueryRetrieveScp.start(
                Files.createDirectories(folder.resolve("old")),
                ingest.sources().get("old").port(),
                Map.of(ingest.aeTitle(), ingest.port()));
    }

    private Orthanc pacs() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "orthanc is not installed");
        return Orthanc.start(
                folder.resolve("pacs"),
                deliver.destinations().get("pacs").port(),
                Tool.freePort(),
                Map.of(deliver.aeTitle(), ingest.port()));
    }

    private MrStudy study(String name, String accessionNumber, int slices) throws IOException {
        MrStudy study = new MrStudy(folder, name);
        for (int i = 0; i < slices; i++) {
            study.slice(dataset -> dataset.put(Tag.AccessionNumber, accessionNumber));
        }
        return study;
    }

    /** No list of senders names the archive; the quiet period is a minute. */
    @Test
    void aStudyOfAnOldArchiveComesBackAsAConfirmedOverlay() throws Exception {
        try (QueryRetrieveScp old = oldArchive();
                Orthanc pacs = pacs()) {
            MrStudy wanted = study("wanted", "A-77", 3);
            old.add(wanted.files());
            old.add(study("unwanted", "A-78", 2).files());

            Ended ended = fetch("--source", "old", "--accession", "A-77");

            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(ended.printed()).contains(wanted.uid() + ": 3 instances are here");
            JsonPath shown = studies.awaitState(wanted, "CONFIRMED");
            assertThat(shown.getInt("[0].study.imagesRestored")).isEqualTo(3);
            assertThat(pacs.instancesOf(wanted.uid())).hasSize(3);
            assertThat(record.text("select completed_by from study where study_instance_uid = ?", wanted.uid()))
                    .isEqualTo("ANNOUNCEMENT");
            String trail = studies.audit(wanted);
            assertThat(trail)
                    .contains("RETRIEVAL_REQUESTED", "by a person, who searched by accession number")
                    .contains("STUDY_RETRIEVED", "says that it moved 3 instances and failed with 0, and 3 came")
                    .doesNotContain("A-77", "TEST^");
            assertThat(record.count("study where study_instance_uid = ?", new MrStudy(folder, "unwanted").uid()))
                    .isZero();
        }
    }

    private DicomwebOrthanc web() throws IOException {
        return DicomwebOrthanc.start(
                folder.resolve("web"),
                "http://127.0.0.1:" + RestAssured.port + "/dicom-web",
                ingest.sources().get("web").url().orElseThrow().getPort());
    }

    /** By QIDO-RS and WADO-RS of Orthanc's plugin, which finds no Patient ID beyond ASCII. */
    @Test
    void aStudyOfADicomwebServiceIsFoundAndFetched() throws Exception {
        try (DicomwebOrthanc web = web()) {
            MrStudy wanted = study("of-web", "A-95", 3);
            MrStudy issued = new MrStudy(folder, "issued-of-web").slice(dataset -> dataset.put(Tag.PatientID, "WEB-1")
                    .put(Tag.IssuerOfPatientID, "HOSPITAL")
                    .put(Tag.StudyDate, "20200315"));
            MrStudy other = study("other-of-web", "A-96", 1);
            for (MrStudy one : List.of(wanted, issued, other)) {
                for (Path file : one.files()) {
                    web.add(file);
                }
            }

            Ended ended = fetch("--source", "web", "--accession", "A-95");
            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(ended.printed())
                    .contains(wanted.uid() + ": 3 instances are here")
                    .doesNotContain(other.uid());
            assertThat(studies.audit(wanted))
                    .contains("by a person, who searched by accession number", "3 instances stored, 0 refused")
                    .doesNotContain("A-95", "TEST^");

            ended = fetch("--source", "web", "--patient-id", "WEB-1", "--issuer", "HOSPITAL", "--to", "2020-12-31");
            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(ended.printed()).contains(issued.uid(), "2020-03-15");
            assertThat(fetch("--source", "web", "--patient-id", "WEB-1", "--issuer", "ANOTHER")
                            .exit())
                    .isEqualTo(3);

            assertThat(fetch("--source", "web", "--accession", "A-97").exit()).isEqualTo(3);
        }
        Ended ended = fetch("--source", "web", "--accession", "A-95");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.printed()).contains("DICOMweb source web", "it cannot be reached");
    }

    /** It lists two, and one comes. */
    @Test
    void aDicomwebServiceThatGivesLessThanItListsHasNotGivenTheStudy() throws Exception {
        MrStudy study = study("short", "A-98", 1);
        byte[] file = Files.readAllBytes(study.files().get(0));
        HttpServer web = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        ingest.sources().get("web").url().orElseThrow().getPort()),
                0);
        web.createContext("/dicom-web/studies", exchange -> {
            boolean search = exchange.getRequestURI().getPath().endsWith("/studies");
            exchange.getResponseHeaders()
                    .add(
                            "Content-Type",
                            search
                                    ? "application/dicom+json"
                                    : "multipart/related; type=\"application/dicom\"; boundary=b");
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (search) {
                body.writeBytes(
                        """
                        [{"0020000D": {"vr": "UI", "Value": ["%s"]}, "00080050": {"vr": "SH", "Value": ["A-98"]},
                          "00100020": {"vr": "LO", "Value": ["%s"]}, "00201208": {"vr": "IS", "Value": [2]}}]"""
                                .formatted(study.uid(), patientId(study))
                                .getBytes(StandardCharsets.UTF_8));
            } else {
                body.writeBytes("--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                body.writeBytes(file);
                body.writeBytes("\r\n--b--".getBytes(StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(200, body.size());
            body.writeTo(exchange.getResponseBody());
            exchange.close();
        });
        web.start();
        try {
            Ended ended = fetch("--source", "web", "--accession", "A-98");
            assertThat(ended.exit()).as(ended.printed()).isEqualTo(1);
            assertThat(ended.printed()).contains("lists 2 instances, 1 came", "1 instances are missing");
        } finally {
            web.stop(0);
        }
    }

    private static String patientId(MrStudy study) throws IOException {
        return Dataset.readUntil(study.files().get(0), Tag.PatientID + 1).require(Tag.PatientID);
    }

    @Test
    void earlierStudiesOfADicomwebServiceAreAskedForByAClick() throws Exception {
        MrStudy now = ofJane("joan-now", "20250301", "TEST^JOAN");
        MrStudy earlier = ofJane("joan-earlier", "20240301", "TEST^JOAN");
        MrStudy namesake = ofJane("joan-namesake", "20240401", "TEST^JEAN");
        try (DicomwebOrthanc web = web();
                Orthanc pacs = pacs()) {
            for (MrStudy one : List.of(now, earlier, namesake)) {
                web.add(one.files().get(0));
            }
            assertThat(fetch("--source", "web", "--study", now.uid()).exit()).isZero();
            studies.awaitState(now, "CONFIRMED");

            askEarlier(now, "web");

            studies.awaitState(earlier, "CONFIRMED");
            assertThat(page(now))
                    .contains("not certain to be of this patient: 1", "data-earlier=\"" + earlier.uid())
                    .doesNotContain(namesake.uid());
            JsonPath list = RestAssured.get("/api/worklist?size=200").jsonPath();
            List<String> order = list.getList("entries.studyInstanceUid");
            assertThat(order.indexOf(earlier.uid())).isGreaterThan(order.indexOf(now.uid()));
            assertThat(list.getBoolean("entries.find { it.studyInstanceUid == '" + earlier.uid() + "' }.earlier"))
                    .isTrue();
            assertThat(list.getBoolean("entries.find { it.studyInstanceUid == '" + now.uid() + "' }.earlier"))
                    .isFalse();
            assertThat(RestAssured.given()
                            .header("Accept-Language", "en")
                            .get("/worklist")
                            .asString())
                    .contains("Earlier study, asked for beside a later one");
        }
    }

    /** Of a worklist manager that knows in which archive the study is. */
    @Test
    void aScheduledWorkitemFetchesItsStudyAndIsCompletedWithItsOverlays() throws Exception {
        try (QueryRetrieveScp old = oldArchive();
                Orthanc pacs = pacs();
                UpsService ris =
                        new UpsService(workitems.services().get("ris").url().getPort())) {
            MrStudy wanted = study("of-a-workitem", "A-80", 2);
            old.add(wanted.files());
            List<String> images = new ArrayList<>();
            for (Path file : wanted.files()) {
                images.add(Dataset.readHeader(file).require(Tag.SOPInstanceUID));
            }
            ris.schedule(
                    "2.25.8001",
                    UpsService.workitem("RESTORE", wanted.uid(), images.toArray(String[]::new))
                            .replace(
                                    "'0020000D'",
                                    "'0040E021':{'vr':'SQ','Value':[{'00080054':{'vr':'AE','Value':['"
                                            + QueryRetrieveScp.AE_TITLE + "']}}]},'0020000D'"));

            await().atMost(StudyProbe.LONG).until(() -> ris.state("2.25.8001").equals("COMPLETED"));

            assertThat(pacs.instancesOf(wanted.uid())).hasSize(2);
            var outputs = ris.workitems.get("2.25.8001").at("/00741216/Value/0/00404033/Value");
            assertThat(outputs.findValues("00081155").stream()
                            .map(uid -> uid.at("/Value/0").asText())
                            .sorted()
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(record.text(
                            "select string_agg(sop_instance_uid, ' ' order by sop_instance_uid collate \"C\") from output o"
                                    + " join study s on s.id = o.study_id where study_instance_uid = ?"
                                    + " and kind = 'SECONDARY_CAPTURE'",
                            wanted.uid()));
            assertThat(outputs.at("/0/0040E021/Value/0/00080054/Value/0").asText())
                    .isEqualTo(Orthanc.AE_TITLE);
            String trail = studies.audit(wanted);
            assertThat(trail)
                    .contains("WORKITEM_CLAIMED", "by workitem 2.25.8001 at ris", "WORKITEM_COMPLETED")
                    .doesNotContain("TEST^");
            JsonPath shown = RestAssured.get("/api/workitems").jsonPath();
            assertThat(shown.getString("workitems.find { it.workitem == '2.25.8001' }.state"))
                    .isEqualTo("COMPLETED");
            assertThat(shown.getString("services[0].name")).isEqualTo("ris");
            assertThat(RestAssured.given()
                            .header("Accept-Language", "de")
                            .get("/administration")
                            .asString())
                    .contains("Übernommene Aufträge", "2.25.8001", "Abgeschlossen");
        }
    }

    @Test
    void nothingThatMatchesIsSaidAndHasAnExitOfItsOwn() throws Exception {
        try (QueryRetrieveScp old = oldArchive()) {
            old.add(study("there", "A-1", 1).files());
            Ended ended = fetch("--source", "old", "--accession", "A-2");
            assertThat(ended.exit()).as(ended.printed()).isEqualTo(3);
            assertThat(ended.printed()).contains("old lists no study that matches");
            assertThat(record.count(
                            "audit_event where kind = 'SOURCE_SEARCHED' and detail = ?",
                            "by accession number: 0 studies found"))
                    .isPositive();
        }
    }

    @Test
    void anAccessionNumberOfTwoPatientsFetchesNeitherAndListsBoth() throws Exception {
        try (QueryRetrieveScp old = oldArchive()) {
            MrStudy one = study("first-patient", "A-3", 1);
            MrStudy other = study("second-patient", "A-3", 2);
            old.add(one.files());
            old.add(other.files());
            Ended ended = fetch("--source", "old", "--accession", "A-3");
            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.printed())
                    .contains(one.uid(), other.uid(), "patient 1", "patient 2", "studies of 2 patients")
                    .doesNotContain("TEST^", "first-patient");
            assertThat(record.count("retrieval where study_instance_uid = ?", one.uid()))
                    .isZero();

            ended = fetch("--source", "old", "--study", other.uid());
            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(record.count(
                            "instance i join study s on s.id = i.study_id where study_instance_uid = ?", other.uid()))
                    .isEqualTo(2);
        }
    }

    @Test
    void aPatientsStudiesOfSomeDaysAreFetched() throws Exception {
        try (QueryRetrieveScp old = oldArchive()) {
            MrStudy within = new MrStudy(folder, "within").slice(dataset -> ofPatient(dataset, "20200315"));
            MrStudy before = new MrStudy(folder, "before").slice(dataset -> ofPatient(dataset, "20190315"));
            old.add(within.files());
            old.add(before.files());
            Ended ended =
                    fetch("--source", "old", "--patient-id", "MÜLLER-1", "--from", "2020-01-01", "--to", "2020-12-31");
            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(ended.printed()).contains(within.uid(), "2020-03-15").doesNotContain(before.uid());
        }
    }

    /** By one click on a study's page. A later one, one of another name, and the fourth stay where they are; a second click asks once. */
    @Test
    void thePatientsEarlierStudiesAreAskedForBesideAStudyThatIsHere() throws Exception {
        MrStudy now = ofJane("jane-now", "20250301", "TEST^JANE");
        try (QueryRetrieveScp old = oldArchive();
                Orthanc pacs = pacs()) {
            List<MrStudy> earlier = new ArrayList<>();
            for (int year = 2021; year <= 2024; year++) {
                MrStudy study = ofJane("jane-" + year, year + "0301", "TEST^JANE");
                earlier.add(study);
                old.add(study.files());
            }
            MrStudy namesake = ofJane("namesake", "20240401", "TEST^JOHN");
            MrStudy later = ofJane("jane-later", "20260401", "TEST^JANE");
            old.add(namesake.files());
            old.add(later.files());
            old.add(now.files());
            assertThat(fetch("--source", "old", "--study", now.uid()).exit()).isZero();
            studies.awaitState(now, "CONFIRMED");
            assertThat(page(now)).contains("Ask old for earlier studies").doesNotContain("What was asked for");

            assertThat(askEarlier(now, "old")).endsWith("/studies/" + now.uid() + "#ask-earlier");
            askEarlier(now, "old");

            assertThat(record.count(
                            "audit_event where kind = 'SOURCE_SEARCHED' and study_instance_uid = ? and detail like"
                                    + " 'by patient ID, for earlier studies of patient _%: 5 found: 3 asked for, 0 on their way before, 0 here,"
                                    + " 1 left for later, 0 of other modalities, 1 not certain to be of the patient, left out 0 of"
                                    + " another Patient ID and 0 of another issuer'",
                            now.uid()))
                    .isEqualTo(1);
            for (MrStudy study : earlier.subList(1, 4)) {
                studies.awaitState(study, "CONFIRMED");
                assertThat(record.count(
                                "audit_event where kind = 'RETRIEVAL_REQUESTED' and study_instance_uid = ?",
                                study.uid()))
                        .isEqualTo(1);
                assertThat(studies.audit(study)).doesNotContain(now.uid(), "TEST^");
            }
            String page = page(now);
            assertThat(page)
                    .contains(
                            "not certain to be of this patient: 1",
                            "data-earlier=\"" + earlier.get(3).uid())
                    .doesNotContain(namesake.uid(), later.uid(), "on its way</td>");
            assertThat(studies.audit(now)).doesNotContain(earlier.get(3).uid(), "TEST^", "JANE-1");

            askEarlier(now, "old");
            studies.awaitState(earlier.get(0), "CONFIRMED");
            assertThat(page(now)).contains("5 found, of which asked for: 1; on their way before: 0; here before: 3");
            assertThat(record.count("retrieval where study_instance_uid in ('" + namesake.uid() + "', ?)", later.uid()))
                    .isZero();
        }
        askEarlier(now, "old");
        assertThat(page(now)).contains("nothing was fetched", "cannot open an association");
        ofAnother(now, "JANE-2");
        assertThat(page(now))
                .contains("Ask old for earlier studies")
                .doesNotContain("nothing was fetched", "What was asked for", earlier(now));
        ofAnother(now, "JANE-1");
        assertThat(page(now)).contains("nothing was fetched", "What was asked for", earlier(now));
    }

    /** As a merge does, and the taking back of one. */
    private void ofAnother(MrStudy study, String patientId) throws Exception {
        studies.update(
                "update study_identity set patient_id = '" + patientId + "' where study_instance_uid = ?", study);
    }

    /** One of those that were asked for beside it. */
    private String earlier(MrStudy study) throws Exception {
        return record.text(
                "select min(study_instance_uid) from retrieval where event_source = 'earlier' and event_id like ? || ' %'",
                study.uid());
    }

    /** An archive of two hospitals, which matches by the ID alone. */
    @Test
    void whatAnArchiveListsAsAnotherPatientsIsLeftOutAndHoldsUpNoOther() throws Exception {
        MrStudy now = issuedHere("issued");
        try (ScriptedArchive archive = scripted()) {
            archive.move = asked -> new int[] {0xA801, 0};
            archive.answers = asked -> asked.string(Tag.StudyInstanceUID).isPresent()
                    ? List.of(earlierOf("2.25.71", "HERE"))
                    : List.of(
                            earlierOf("2.25.71", "HERE"),
                            earlierOf("2.25.72", "ELSEWHERE"),
                            earlierOf("2.25.73", ""),
                            earlierOf("2.25.74", "HERE").put(Tag.PatientID, "P8"));
            askEarlier(now, "scripted");
            assertThat(page(now))
                    .contains(
                            "4 found, of which asked for: 1",
                            "1 under another Patient ID or none; 2 under another issuer or none");
            assertThat(record.text(
                            "select string_agg(study_instance_uid, ' ') from retrieval where event_source = 'earlier'"
                                    + " and event_id like ? || ' %'",
                            now.uid()))
                    .isEqualTo("2.25.71");
            archive.answers = asked -> List.of(
                    earlierOf("2.25.71", "HERE"), earlierOf("2.25.75", "HERE").put(Tag.StudyDate, "20260601"));
            askEarlier(now, "scripted");
            assertThat(page(now)).contains("another value in (0008,0020)", "none of its answers is believed");
        }
    }

    /** Merged in the archive, or here, since the click: it is listed afresh, and none of it is asked to be moved. */
    @Test
    void whatIsNotKnownToBeThePatientsAnyMoreWhenItIsFetchedIsNotMoved() throws Exception {
        MrStudy now = issuedHere("merged-since");
        List<String> moved = new CopyOnWriteArrayList<>();
        try (ScriptedArchive archive = scripted()) {
            archive.move = asked -> {
                moved.add(asked.require(Tag.StudyInstanceUID));
                return new int[] {0, 0};
            };
            Dataset first = earlierOf("2.25.81", "HERE");
            archive.answers = asked -> asked.string(Tag.StudyInstanceUID).isPresent()
                    ? List.of(earlierOf("2.25.81", "HERE").put(Tag.PatientBirthDate, "19800101"))
                    : List.of(first);
            askEarlier(now, "scripted");
            awaitFailed("2.25.81", "under another patient than it was asked for, by attribute (0010,0030)");
            await().atMost(StudyProbe.LONG)
                    .untilAsserted(() -> assertThat(page(now)).contains("by attribute (0010,0030)"));

            archive.answers = asked -> List.of(earlierOf("2.25.82", "HERE"));
            archive.beforeFind = () -> {
                try {
                    if (record.count("retrieval where study_instance_uid = ?", "2.25.82") > 0) {
                        ofAnother(now, "P9");
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            };
            askEarlier(now, "scripted");
            awaitFailed("2.25.82", "whose the later study is has changed since");
            archive.beforeFind = () -> {};
            ofAnother(now, "P7");
            askEarlier(now, "scripted");
            await().atMost(StudyProbe.LONG).until(() -> moved.contains("2.25.82"));
            assertThat(moved).doesNotContain("2.25.81");
        }
    }

    /** Fetched from the old archive, judged and delivered. */
    private MrStudy issuedHere(String name) throws Exception {
        MrStudy study = new MrStudy(folder, name).slice(dataset -> dataset.put(Tag.PatientID, "P7")
                .put(Tag.IssuerOfPatientID, "HERE")
                .put(Tag.PatientName, "TEST^LISTED")
                .put(Tag.StudyDate, "20250301"));
        try (QueryRetrieveScp old = oldArchive();
                Orthanc pacs = pacs()) {
            old.add(study.files());
            assertThat(fetch("--source", "old", "--study", study.uid()).exit()).isZero();
            studies.awaitState(study, "CONFIRMED");
        }
        return study;
    }

    private void awaitFailed(String study, String why) throws Exception {
        await().atMost(StudyProbe.LONG).untilAsserted(() -> assertThat(record.text(
                        "select max(detail) from audit_event where kind = 'RETRIEVAL_FAILED' and study_instance_uid = ?",
                        study))
                .contains(why)
                .doesNotContain("P7", "LISTED", "1980"));
        assertThat(record.text("select max(state) from retrieval where study_instance_uid = ?", study))
                .isEqualTo("FAILED");
    }

    private static Dataset earlierOf(String study, String issuer) {
        return listed(study, "P7", "")
                .put(Tag.IssuerOfPatientID, issuer)
                .put(Tag.PatientBirthDate, "19700101")
                .put(Tag.StudyDate, "20240601");
    }

    private MrStudy ofJane(String name, String date, String patientName) throws IOException {
        return new MrStudy(folder, name).slice(dataset -> dataset.put(Tag.PatientID, "JANE-1")
                .put(Tag.PatientName, patientName)
                .put(Tag.StudyDate, date));
    }

    private static String page(MrStudy study) {
        return RestAssured.given()
                .header("Accept-Language", "en")
                .get("/studies/" + study.uid())
                .asString();
    }

    /** Where the browser is sent. */
    private static String askEarlier(MrStudy study, String source) {
        return RestAssured.given()
                .redirects()
                .follow(false)
                .formParam("source", source)
                .post("/studies/" + study.uid() + "/earlier")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
    }

    /** The number stands in the body of the form, and in no address, trail or page. */
    @Test
    void aStudyIsAskedForByItsAccessionNumberOnThePage() throws Exception {
        try (QueryRetrieveScp old = oldArchive()) {
            MrStudy wanted = study("by-page", "A-90", 1);
            MrStudy one = study("by-page-one", "A-91", 1);
            MrStudy other = study("by-page-other", "A-91", 1);
            old.add(wanted.files());
            old.add(one.files());
            old.add(other.files());
            assertThat(RestAssured.get("/worklist").asString()).contains("name=\"accession\"");

            String location = ask(303, "accession", "A-90").getHeader("Location");
            assertThat(location).contains("/fetch?retrieval=").doesNotContain("A-90");
            assertThat(ask(303, "accession", "A-90").getHeader("Location")).isNotEmpty();
            await().atMost(StudyProbe.LONG).untilAsserted(() -> assertThat(RestAssured.given()
                            .header("Accept-Language", "de")
                            .get(location)
                            .asString())
                    .contains(wanted.uid(), "<td>hier</td>"));
            assertThat(studies.audit(wanted)).doesNotContain("A-90");
            assertThat(ask(409, "accession", "A-91").asString())
                    .contains(one.uid(), other.uid(), "studies of 2 patients")
                    .doesNotContain("TEST^");
            assertThat(ask(200, "accession", "A-92").asString()).contains("No study of the archive matches");
            assertThat(ask(400, "accession", "A*").asString()).contains("Accession Number holds *", "value=\"A*\"");
            assertThat(ask(303, "study", other.uid()).getHeader("Location")).contains("/fetch?retrieval=");
        }
        assertThat(ask(502, "accession", "A-90").asString()).contains("cannot open an association");
    }

    private static Response ask(int status, String field, String value) {
        Response answer = RestAssured.given()
                .redirects()
                .follow(false)
                .formParam("source", "old")
                .formParam(field, value)
                .post("/fetch");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        return answer;
    }

    private static Dataset ofPatient(Dataset dataset, String date) {
        return dataset.put(Tag.SpecificCharacterSet, "ISO_IR 192")
                .putUtf8(Tag.PatientID, "MÜLLER-1")
                .put(Tag.PatientName, "TEST^MUELLER")
                .put(Tag.StudyDate, date);
    }

    /** Of another producer, which knows that the study is whole there. */
    @Test
    void anEventMayNameAnArchive() throws Exception {
        try (QueryRetrieveScp old = oldArchive()) {
            MrStudy study = study("by-event", "A-20", 2);
            old.add(study.files());
            record.publish(
                    "rigatino.studies.external",
                    null,
                    "{\"specversion\": \"1.0\", \"id\": \"fetch-1\", \"source\": \"/router\","
                            + " \"type\": \"org.rigatino.study.available\","
                            + " \"data\": {\"studyInstanceUid\": \"" + study.uid() + "\", \"source\": \"old\"}}");
            await().atMost(StudyProbe.LONG)
                    .until(() -> record.count(
                                    "audit_event where kind = 'STUDY_RETRIEVED' and study_instance_uid = ?",
                                    study.uid())
                            == 1);
            assertThat(record.count(
                            "instance i join study s on s.id = i.study_id where study_instance_uid = ?", study.uid()))
                    .isEqualTo(2);
        }
    }

    @Test
    void anOrthancIsSearchedAndMovesTheSame() throws Exception {
        try (Orthanc pacs = pacs()) {
            MrStudy study = study("of-orthanc", "A-9", 2);
            study.send(new RemoteNode(
                    "127.0.0.1", pacs.dicomPort(), Orthanc.AE_TITLE, deliver.aeTitle(), Patience.STEP, Patience.STEP));
            Ended ended = fetch("--source", "pacs", "--accession", "A-9");
            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(studies.audit(study)).contains("it lists 2 instances, says that it moved 2 instances");
            studies.awaitState(study, "CONFIRMED");
            assertThat(pacs.instancesOf(study.uid())).hasSize(4);
            assertThat(fetch("--source", "pacs", "--study", study.uid()).exit()).isZero();
            assertThat(studies.audit(study)).contains("and 4 came, 2 of them made by Rigatino");
        }
    }

    @Test
    void valuesThatAnArchiveWouldTakeForPatternsAreRefusedBeforeItIsAsked() {
        for (String pattern : List.of("A*", "A?", "A\\B", "\"\"", " ", "A".repeat(17))) {
            Ended ended = fetch("--source", "scripted", "--accession", pattern);
            assertThat(ended.exit()).as(pattern).isEqualTo(1);
            assertThat(ended.printed()).contains("Accession Number");
        }
        assertThat(fetch("--source", "scripted", "--study", "1.2.*").printed()).contains("is no UID");
        assertThat(fetch("--source", "nobody", "--study", "1.2").printed()).contains("no source nobody");
        assertThat(fetch("--study", "1.2").printed()).contains("--source: old, pacs, scripted, web");
        assertThat(fetch("--accession", "1", "--study", "1.2").exit()).isEqualTo(2);
        assertThat(fetch("--source", "scripted", "--study", "1.2").printed()).contains("cannot open an association");
    }

    /** It matches by no key, and answers with everything that it has. */
    @Test
    void anArchiveThatIgnoresTheKeyIsNotBelieved() throws Exception {
        try (ScriptedArchive archive = scripted()) {
            archive.answers = asked -> List.of(listed("2.25.51", "P1", "A-5"), listed("2.25.52", "P1", "A-6"));
            Ended ended = fetch("--source", "scripted", "--accession", "A-5");
            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.printed()).contains("another value in (0008,0050)", "none of its answers is believed");
            assertThat(fetch("--source", "scripted", "--study", "2.25.51").printed())
                    .contains("(0020,000D)");
            archive.answers = asked -> List.of(new Dataset().put(Tag.StudyInstanceUID, "2.25.51"));
            assertThat(fetch("--source", "scripted", "--accession", "A-5").printed())
                    .contains("(0008,0050)");
            archive.answers = asked -> List.of(listed("no UID", "P1", "A-5"));
            assertThat(fetch("--source", "scripted", "--accession", "A-5").printed())
                    .contains("no UID (PS3.5 9.1)");
            archive.answers = asked -> List.of(listed("2.25.51", "P1", "A-5").put(Tag.IssuerOfPatientID, "ELSEWHERE"));
            assertThat(fetch("--source", "scripted", "--patient-id", "P1", "--issuer", "HERE")
                            .printed())
                    .contains("(0010,0021)");
            archive.find = 0xA700;
            assertThat(fetch("--source", "scripted", "--accession", "A-5").printed())
                    .contains("A700H (out of resources)");
            assertThat(record.count("retrieval where study_instance_uid = ?", "2.25.51"))
                    .isZero();
        }
    }

    /** One ID of two hospitals is two patients. */
    @Test
    void anIdWithoutItsIssuerIsOfNobodyForCertain() throws Exception {
        try (ScriptedArchive archive = scripted()) {
            archive.answers = asked -> List.of(
                    listed("2.25.61", "P1", "").put(Tag.IssuerOfPatientID, "HERE"),
                    listed("2.25.62", "P1", "").put(Tag.IssuerOfPatientID, "ELSEWHERE"));
            Ended ended = fetch("--source", "scripted", "--patient-id", "P1");
            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.printed()).contains("2.25.61", "2.25.62", "studies of 2 patients");
        }
    }

    @Test
    void whatTheArchiveSaysIsHeldAgainstWhatCame() throws Exception {
        try (ScriptedArchive archive = scripted()) {
            MrStudy study = study("counted", "A-10", 3);
            archive.answers = asked -> List.of(listed(study.uid(), "counted", "A-10"));
            archive.move = asked -> new int[] {0, 0};
            assertFails(study, "reports success, and nothing came");
            archive.move = asked -> new int[] {0, 3};
            assertFails(study, "says that it moved 3 instances and failed with 0, and 0 came");
            archive.move = asked -> new int[] {0xA801, 0};
            assertFails(study, "A801H (move destination unknown)");
            archive.move = asked -> {
                send(study.files().subList(0, 2));
                return new int[] {0, 3};
            };
            assertFails(study, "reports success, and 1 instances are missing");
            archive.answers =
                    asked -> List.of(listed(study.uid(), "counted", "A-10").put(Tag.NumberOfStudyRelatedInstances, 4));
            archive.move = asked -> {
                send(study.files());
                return new int[] {0, 3};
            };
            assertFails(study, "it lists 4 instances, says that it moved 3 instances");
            archive.answers = asked -> List.of(listed(study.uid(), "counted", "A-10"));
            assertThat(fetch("--source", "scripted", "--study", study.uid()).exit())
                    .isZero();
        }
    }

    @Test
    void whatWasHereBeforeDoesNotStandForWhatIsMoved() throws Exception {
        try (ScriptedArchive archive = scripted()) {
            MrStudy study = study("here-before", "A-14", 3);
            sendAs("SCANNER", study.files().subList(0, 2));
            archive.answers = asked -> List.of(listed(study.uid(), "here-before", "A-14"));
            archive.move = asked -> {
                send(study.files().subList(2, 3));
                return new int[] {0, 3};
            };
            assertFails(study, "reports success, and 2 instances are missing");
            archive.move = asked -> new int[] {0, 3};
            assertFails(study, "reports success, and nothing came");
        }
    }

    /** Without pending responses, for longer than the idle time-out of 5 s. */
    @Test
    void anArchiveThatSendsAgainWhatIsHereIsNotHeldForSilent() throws Exception {
        try (ScriptedArchive archive = scripted()) {
            MrStudy study = study("again", "A-15", 2);
            List<Path> known = study.files().subList(0, 1);
            sendAs("SCANNER", known);
            archive.answers = asked -> List.of(listed(study.uid(), "again", "A-15"));
            archive.move = asked -> {
                for (int i = 0; i < 8; i++) {
                    send(known);
                    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
                }
                send(study.files().subList(1, 2));
                return new int[] {0, 2};
            };
            Ended ended = fetch("--source", "scripted", "--study", study.uid());
            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(ended.printed()).contains(study.uid() + ": 2 instances are here");
        }
    }

    /** Whatever else is wrong; each is told, and nothing of the study is worked on. */
    @ParameterizedTest
    @CsvSource({
        "0x0000, 1, by (0010|0020)",
        "0x0000, 2, 1 instances are missing",
        "0xA900, 1, answered C-MOVE with A900H",
        "0xA700, 1, answered C-MOVE with A700H"
    })
    void aStudyThatItsArchiveListsUnderAnotherPatientIsHeldBack(String status, int moved, String told)
            throws Exception {
        try (ScriptedArchive archive = scripted()) {
            MrStudy study = study("of-a-patient" + status + moved, "A-11", 1);
            archive.answers = asked -> List.of(listed(study.uid(), "another-patient", "A-11"));
            archive.move = asked -> {
                send(study.files());
                return new int[] {Integer.decode(status), moved};
            };
            assertFails(study, "under another patient than its instances name, by (0010,0020)");
            assertThat(studies.audit(study)).contains(told.replace('|', ','));
            JsonPath shown = studies.awaitState(study, "REFUSED");
            assertThat(shown.getString("[0].study.refusalRule")).isEqualTo("patient-identity");
            assertThat(shown.getString("[0].study.wayOn")).contains("say who the patient is");
            assertThat(record.text("select patient from study where study_instance_uid = ?", study.uid()))
                    .isEqualTo("mixed");
        }
    }

    @Test
    void aSourceSendsWhatItWasAskedForAndNothingElse() throws Exception {
        MrStudy other = study("not-asked-for", "A-12", 1);
        assertThat(send(other.files())).containsExactly(StoreStatus.NOT_AUTHORIZED);
        try (ScriptedArchive archive = scripted()) {
            MrStudy study = study("asked-for", "A-13", 1);
            archive.answers = asked -> List.of(listed(study.uid(), "asked-for", "A-13"));
            archive.move = asked -> {
                assertThat(send(other.files())).containsExactly(StoreStatus.NOT_AUTHORIZED);
                return new int[] {0, 1};
            };
            assertFails(study, "and 0 came");
        }
        assertThat(record.count("study where study_instance_uid = ?", other.uid()))
                .isZero();
        assertThatThrownBy(() -> sendAs("PRINTER", other.files())).isInstanceOf(AssociationRejectedException.class);
    }

    private ScriptedArchive scripted() throws IOException {
        return new ScriptedArchive(ingest.sources().get("scripted").port());
    }

    private static Dataset listed(String study, String patientId, String accessionNumber) {
        return new Dataset()
                .put(Tag.StudyInstanceUID, study)
                .put(Tag.PatientID, patientId)
                .put(Tag.PatientName, "TEST^LISTED")
                .put(Tag.AccessionNumber, accessionNumber);
    }

    private void assertFails(MrStudy study, String why) {
        Ended ended = fetch("--source", "scripted", "--study", study.uid());
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.printed()).contains(why);
        assertThat(studies.audit(study)).contains("RETRIEVAL_FAILED");
    }

    private List<StoreStatus> send(List<Path> files) throws IOException {
        return sendAs("ARCHIVE", files);
    }

    private List<StoreStatus> sendAs(String caller, List<Path> files) throws IOException {
        List<StoreStatus> statuses = new ArrayList<>();
        try (StorageScu scu = StorageScu.open(record.node(caller), files)) {
            for (Path file : files) {
                statuses.add(scu.store(file));
            }
        }
        return statuses;
    }
}
