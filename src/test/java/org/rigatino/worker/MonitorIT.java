package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.Tool;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.proof.demo.Orthanc;

/** What a worker tells of a study on its way, and that the dashboard and the alerts ask for nothing else. */
@QuarkusTest
@QuarkusTestResource(value = TracedWorker.class, restrictToAnnotatedClass = true)
class MonitorIT {
    private static final Duration LONG = Patience.STEP;
    private static final Path MONITORING = Path.of("deploy/monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(?:rigatino|disk)_[a-z0-9_]+\\b");
    /** Of what a worker without a GPU, DICOMweb sources and a syslog receiver has none. */
    private static final Set<String> ONLY_WHERE_THERE_IS_ONE = Set.of(
            "rigatino_audit_forwarding_oldest_seconds",
            "rigatino_gpu_memory_used_bytes",
            "rigatino_gpu_memory_total_bytes",
            "rigatino_hl7_refused_total",
            "rigatino_receiver_waits_seconds",
            "rigatino_retrievals_waiting",
            "rigatino_retrievals_waiting_oldest_seconds",
            "rigatino_workitem_services_oldest_seconds",
            "rigatino_workitems");

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @TempDir
    Path folder;

    @Test
    void aStudyOnItsWayIsCountedWhereItWaitsAndNobodyIsNamed() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "orthanc is not installed");
        MrStudy study = new MrStudy(folder, "watched").slice().slice();
        try (TraceCollector collector = TraceCollector.start();
                Orthanc other = archive("other")) {
            send(study);
            awaitValue("rigatino_deliveries{destination=\"pacs\",state=\"PENDING\"", 2);
            awaitValue("rigatino_studies{state=\"DELIVERING\"", 1);
            try (Orthanc pacs = archive("pacs")) {
                awaitValue("rigatino_deliveries{destination=\"pacs\",state=\"PENDING\"", 0);
                awaitValue("rigatino_studies_ended_total{outcome=\"CONFIRMED\"", 1);
                awaitValue("rigatino_score_drift_images{", 2);
                awaitValue("rigatino_consumer_lag_records{", 0);
                awaitValue("rigatino_dead_letters{", 0);
                awaitValue("rigatino_studies{state=\"DELIVERING\"", 0);
                theTraceTells(study, collector);
            }
        }
        String told = metrics();
        assertThat(told).doesNotContain(study.uid()).doesNotContain("TEST^");
        assertThat(told)
                .contains(
                        "rigatino_studies_oldest_seconds{",
                        "rigatino_deliveries{destination=\"other\",state=\"FAILED\"");
        everythingAskedForIsTold(told);
    }

    private static void theTraceTells(MrStudy study, TraceCollector collector) {
        await().atMost(LONG).untilAsserted(() -> assertThat(collector.spans())
                .extracting(Span::getName)
                .containsExactlyInAnyOrder(
                        "study",
                        "receive",
                        "complete",
                        "queue",
                        "restore",
                        "deliver",
                        "deliver",
                        "confirm",
                        "confirm"));
        List<Span> spans = collector.spans();
        Span root = spans.stream()
                .filter(span -> span.getParentSpanId().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(root.getName()).isEqualTo("study");
        assertThat(root.toString()).contains(study.uid(), "CONFIRMED");
        assertThat(spans).filteredOn(span -> span != root).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(root.getTraceId());
            assertThat(span.getParentSpanId()).isEqualTo(root.getSpanId());
            assertThat(span.getStartTimeUnixNano()).isBetween(root.getStartTimeUnixNano(), span.getEndTimeUnixNano());
            assertThat(span.getEndTimeUnixNano()).isLessThanOrEqualTo(root.getEndTimeUnixNano());
        });
        assertThat(spans.toString()).contains("TEST", "pacs", "other").doesNotContain("TEST^");
    }

    private static void everythingAskedForIsTold(String told) throws IOException {
        Set<String> asked = new TreeSet<>();
        for (String file : List.of("rules.yaml", "dashboard.json")) {
            METRIC.matcher(Files.readString(MONITORING.resolve(file)))
                    .results()
                    .map(MatchResult::group)
                    .forEach(asked::add);
        }
        assertThat(asked).hasSizeGreaterThan(15).containsAll(ONLY_WHERE_THERE_IS_ONE);
        asked.removeAll(ONLY_WHERE_THERE_IS_ONE);
        assertThat(asked).allSatisfy(name -> assertThat(told).containsPattern("(?m)^" + name + "[{ ]"));
    }

    @Test
    void everyPanelOfTheDashboardHasAnExpression() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(MONITORING.resolve("dashboard.json").toFile())
                        .get("panels"))
                .isNotEmpty()
                .allSatisfy(panel ->
                        assertThat(panel.at("/targets/0/expr").asText()).isNotBlank());
    }

    @Test
    void promtoolAcceptsTheRules() throws IOException, InterruptedException {
        Path promtool = Path.of("/usr/bin/promtool");
        Assumptions.assumeTrue(Files.isExecutable(promtool), "promtool (Debian's prometheus) is not installed");
        Process check = new ProcessBuilder(
                        promtool.toString(),
                        "check",
                        "rules",
                        MONITORING.resolve("rules.yaml").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes());
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).contains("24 rules found");
    }

    private Orthanc archive(String destination) throws IOException {
        return Orthanc.start(
                folder.resolve(destination),
                deliver.destinations().get(destination).port(),
                Tool.freePort(),
                Map.of(deliver.aeTitle(), ingest.port()));
    }

    private void send(MrStudy study) throws IOException {
        study.send(new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Patience.STEP, Patience.STEP));
    }

    /** @param series name and first labels, as they are written */
    private static void awaitValue(String series, double value) {
        await().atMost(LONG).untilAsserted(() -> assertThat(metrics().lines().filter(line -> line.startsWith(series)))
                .anySatisfy(line -> assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .isEqualTo(value)));
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
