package org.rigatino.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.ingest.IngestProbe;
import org.rigatino.ingest.InstanceFile;
import org.rigatino.ingest.RunningParts;

/** Events of other producers, with the real broker and database, Orthanc as the source, and a source that is hostile. */
@QuarkusTest
@WithTestResource(RunningParts.class)
class StudyEventsIT {
    private static final Duration LONG = Patience.STEP;

    @Inject
    IngestProbe ingest;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @ConfigProperty(name = "rigatino.ingest.sources.orthanc.url", defaultValue = "http://127.0.0.1")
    URI orthancUrl;

    @ConfigProperty(name = "rigatino.ingest.sources.hostile.url", defaultValue = "http://127.0.0.1")
    URI hostileUrl;

    @TempDir
    Path folder;

    /** The sender's quiet period is a minute: only that all came makes it ready sooner. */
    @Test
    void aStudyAtAnOrthancIsFetchedAndReadyAtOnceByNameAndByUrl() throws Exception {
        try (DicomwebOrthanc orthanc =
                DicomwebOrthanc.start(folder.resolve("orthanc"), "http://127.0.0.1:1", orthancUrl.getPort())) {
            List<InstanceFile> files = List.of(
                    InstanceFile.write(folder, "byname", "1", "a"),
                    InstanceFile.write(folder, "byname", "2", "a"),
                    InstanceFile.write(folder, "byurl", "1", "a"));
            for (InstanceFile file : files) {
                orthanc.add(file.path());
            }
            String byName = files.get(0).studyUid();
            String byUrl = files.get(2).studyUid();
            send(event(UUID.randomUUID().toString(), byName, Map.of("source", "orthanc")));
            send(event(UUID.randomUUID().toString(), byUrl, Map.of("url", orthanc.dicomweb() + "/studies/" + byUrl)));
            await().atMost(LONG).until(() -> "READY".equals(ingest.state(byName, 1)));
            await().atMost(LONG).until(() -> "READY".equals(ingest.state(byUrl, 1)));
            assertThat(ingest.count(
                            "instance i join study s on s.id = i.study_id where s.study_instance_uid = ?", byName))
                    .isEqualTo(2);
            assertThat(ingest.text("select completed_by from study where study_instance_uid = ?", byName))
                    .isEqualTo("ANNOUNCEMENT");
            assertThat(ingest.count("audit_event where kind = 'STUDY_RETRIEVED' and study_instance_uid = ?", byName))
                    .isEqualTo(1);
        }
    }

    @Test
    void theSameEventAgainFetchesNothingAgain() throws Exception {
        String id = UUID.randomUUID().toString();
        String study = "2.25.4711";
        String event = event(id, study, Map.of("source", "hostile"));
        send(event);
        send(event);
        send(event("other-" + id, study, Map.of("source", "hostile")));
        await().atMost(LONG).until(() -> ingest.count("retrieval where event_id = ?", "other-" + id) == 1);
        assertThat(ingest.count("retrieval where event_id = ?", id)).isEqualTo(1);
    }

    /** Each is refused, dead-lettered and audited; nothing is asked of anybody, and the next good event is taken. */
    @Test
    void whatPointsElsewhereIsNeverFetched() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        elsewhere.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            int port = elsewhere.getAddress().getPort();
            String study = "2.25.815";
            String path = "/dicom-web/studies/" + study;
            String good = orthancUrl.getHost() + ":" + orthancUrl.getPort();
            List<String> urls = List.of(
                    "http://127.0.0.1:" + port + path,
                    "http://localhost:" + port + path,
                    "http://" + good + "@127.0.0.1:" + port + path,
                    "http://127.0.0.1:" + port + "#@" + good + path,
                    "http://" + good + path + "/../../../instances",
                    "http://" + good + "/dicom-web/../dicom-web/studies/" + study,
                    "http://" + good + path + "?redirect=http://127.0.0.1:" + port,
                    "https://" + good + path,
                    "http://localhost:" + orthancUrl.getPort() + path,
                    "file:///etc/passwd",
                    "gopher://" + good + path);
            String run = UUID.randomUUID().toString();
            for (String url : urls) {
                send(event(run + url, study, Map.of("url", url)));
            }
            send(event(run, study, Map.of("source", "not-configured")));
            send(event(run, "2.25.816/../../", Map.of("source", "orthanc")));
            send(event(run, study, Map.of("source", "orthanc", "url", "http://" + good + path)));
            String last = "good-" + run;
            send(event(last, "2.25.817", Map.of("source", "hostile")));
            await().atMost(LONG).until(() -> ingest.count("retrieval where event_id = ?", last) == 1);
            assertThat(ingest.count("retrieval where event_id like ? || '%'", run))
                    .isZero();
            assertThat(ingest.count("audit_event where kind = 'EVENT_REFUSED' and study_instance_uid = ?", study))
                    .isGreaterThanOrEqualTo(urls.size() + 1);
            assertThat(asked).isEmpty();
        } finally {
            elsewhere.stop(0);
        }
    }

    /** A source that is allowed sends us on to one that is not. */
    @Test
    void aRedirectOfASourceIsNotFollowed() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer hostile = HttpServer.create(new InetSocketAddress(hostileUrl.getHost(), hostileUrl.getPort()), 0);
        hostile.createContext("/dicom-web/studies/2.25.900", exchange -> {
            exchange.getResponseHeaders().add("Location", hostileUrl + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        hostile.createContext("/dicom-web/elsewhere", exchange -> {
            asked.add("elsewhere");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hostile.createContext("/dicom-web/studies/2.25.901", this::stall);
        hostile.start();
        try {
            String id = UUID.randomUUID().toString();
            send(event(id, "2.25.900", Map.of("source", "hostile")));
            await().atMost(LONG).until(() -> "FAILED".equals(retrieval("state", id)));
            assertThat(retrieval("last_error", id)).contains("it answered 302, a redirect, and none is followed");
            assertThat(asked).isEmpty();
            assertThat(ingest.count(
                            "audit_event where kind = 'RETRIEVAL_FAILED' and study_instance_uid = ?", "2.25.900"))
                    .isGreaterThanOrEqualTo(1);
            String silent = UUID.randomUUID().toString();
            send(event(silent, "2.25.901", Map.of("source", "hostile")));
            await().atMost(LONG).until(() -> "FAILED".equals(retrieval("state", silent)));
            assertThat(retrieval("last_error", silent)).contains("silent for too long");
        } finally {
            hostile.stop(0);
        }
    }

    @Test
    void aStudyOfWhichNothingCanBeKeptIsNotRetrieved() throws Exception {
        HttpServer hostile = HttpServer.create(new InetSocketAddress(hostileUrl.getHost(), hostileUrl.getPort()), 0);
        hostile.createContext("/dicom-web/studies/2.25.902", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", Multipart.TYPE);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write(("--" + Multipart.BOUNDARY + "\r\n\r\nno instance\r\n--" + Multipart.BOUNDARY + "--\r\n")
                            .getBytes());
            exchange.close();
        });
        hostile.start();
        try {
            String id = UUID.randomUUID().toString();
            send(event(id, "2.25.902", Map.of("source", "hostile")));
            await().atMost(LONG)
                    .until(() -> List.of("FAILED", "RETRIEVED").contains(String.valueOf(retrieval("state", id))));
            assertThat(retrieval("state", id)).isEqualTo("FAILED");
            assertThat(retrieval("last_error", id))
                    .contains(
                            "0 came and 1 were refused: 1 instances are missing; first of those that were refused: one"
                                    + " without SOP Instance UID with C000H");
        } finally {
            hostile.stop(0);
        }
    }

    /** Headers and the beginning of a part, and no more. */
    private void stall(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", Multipart.TYPE);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(("--" + Multipart.BOUNDARY + "\r\n\r\nabc").getBytes());
        exchange.getResponseBody().flush();
    }

    @Test
    void whatIsNoEventIsRecordedAndDeadLetteredAndBlocksNoOther() throws Exception {
        List<String> bodies = new ArrayList<>(List.of(
                "not json",
                "{}",
                "[1]",
                "{\"specversion\":\"1.0\"}",
                "[".repeat(1000) + "]".repeat(1000),
                event("x", "2.25.1", Map.of()).replace("1.0", "0.3"),
                event("x", "2.25.1", Map.of("source", "orthanc", "note", "n".repeat(70_000)))));
        bodies.add(null);
        String before = Long.toString(ingest.count("audit_event where kind = ?", "EVENT_REFUSED"));
        try (KafkaProducer<String, String> producer = producer()) {
            for (int partition = 0;
                    partition
                            < producer.partitionsFor("rigatino.studies.external")
                                    .size();
                    partition++) {
                for (String body : bodies) {
                    producer.send(new ProducerRecord<>("rigatino.studies.external", partition, null, body))
                            .get();
                }
            }
        }
        String id = UUID.randomUUID().toString();
        send(event(id, "2.25.818", Map.of("source", "hostile")));
        await().atMost(LONG).until(() -> ingest.count("retrieval where event_id = ?", id) == 1);
        await().atMost(LONG)
                .until(() -> ingest.count("audit_event where kind = ?", "EVENT_REFUSED") - Long.parseLong(before)
                        >= bodies.size());
        await().atMost(LONG).until(() -> deadLetters().contains("not json"));
    }

    private String retrieval(String column, String eventId) throws Exception {
        return ingest.text("select " + column + " from retrieval where event_id = ?", eventId);
    }

    private static String event(String id, String study, Map<String, String> data) throws IOException {
        Map<String, Object> all = new HashMap<>(data);
        all.put("studyInstanceUid", study);
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "specversion", "1.0",
                        "id", id,
                        "source", "/test",
                        "type", "org.rigatino.study.available",
                        "data", all));
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", broker), new StringSerializer(), new StringSerializer());
    }

    private void send(String event) throws Exception {
        ingest.publish("rigatino.studies.external", null, event);
    }

    private List<String> deadLetters() {
        List<String> bodies = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("rigatino.studies.external.dead").stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(letter -> bodies.add(letter.value()));
            }
        }
        return bodies;
    }
}
