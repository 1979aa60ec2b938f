package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;
import org.rigatino.ingest.IngestConfiguration;

/**
 * Patients in every attribute, right and wrong, through ingest, decoding and the pipeline, while both archives are away:
 * the log, the events, the metrics and what REST says of refusals and failures hold none of them.
 */
@QuarkusTest
@WithTestResource(RunningWorker.class)
class LogScrubbingIT {
    private static final String SURNAME = "MUSTERFRAUZZ";
    private static final String PATIENT_ID = "PID-4711-ZZ";
    private static final String BIRTH_DATE = "19330217";
    private static final Set<String> GOING_ON = Set.of("RECEIVING", "READY", "RESTORING");

    /** Where a modality, or a hand, may put a name. */
    private static final List<Integer> ATTRIBUTES = List.of(
            Tag.StudyInstanceUID,
            Tag.SeriesInstanceUID,
            Tag.FrameOfReferenceUID,
            Tag.Modality,
            Tag.SeriesDescription,
            Tag.BodyPartExamined,
            Tag.ImageType,
            Tag.PhotometricInterpretation,
            Tag.PatientAge,
            Tag.PatientSex,
            Tag.PatientBirthDate,
            Tag.StudyDate,
            Tag.StudyTime,
            Tag.AccessionNumber,
            Tag.SpecificCharacterSet,
            Tag.PixelSpacing,
            Tag.SliceThickness,
            Tag.ImagePositionPatient,
            Tag.ImageOrientationPatient,
            Tag.WindowCenter,
            Tag.RescaleSlope,
            Tag.SeriesNumber,
            Tag.InstanceNumber);

    @Inject
    IngestConfiguration ingest;

    @Inject
    DeliverConfiguration deliver;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @ConfigProperty(name = "quarkus.flyway.password")
    String ownerPassword;

    @TempDir
    Path folder;

    private final StringBuffer log = new StringBuffer();
    private final Handler capture = new Handler() {
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

    @BeforeEach
    void listen() {
        capture.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(capture);
        Logger.getLogger("org.rigatino").setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(capture);
    }

    @Test
    void aPatientInAnyAttributeIsNowhereButInThePacs() throws Exception {
        int sent = 0;
        for (int tag : ATTRIBUTES) {
            for (String value : List.of(SURNAME + "^EVA", PATIENT_ID)) {
                sent += send(patient("wrong-" + tag + value, dataset -> dataset.put(tag, value)));
            }
        }
        sent += send(patient("missing", dataset -> dataset.putEmpty(Tag.PixelSpacing, Tag.Modality)));
        MrStudy disagreeing = study("disagreeing");
        sent += send(disagreeing.slice(LogScrubbingIT::named).slice(dataset -> named(dataset)
                .put(Tag.PatientID, PATIENT_ID + "-2")));
        sent += send(study("truncated").slice(LogScrubbingIT::named).truncatedSlice());
        assertThat(sent).as("answers").isGreaterThan(ATTRIBUTES.size());
        awaitOutcomes();
        assertThat(log.toString()).as("something went wrong on the way").contains("refused");
        assertNowhere(Set.of(SURNAME, PATIENT_ID, BIRTH_DATE));
    }

    @Test
    void realNamesOfManyAlphabetsAreNowhereButInThePacs() throws Exception {
        Path edge = Path.of("../shared/data/dicom/edge");
        Assumptions.assumeTrue(Files.isDirectory(edge), edge + " is absent");
        Set<String> names = new TreeSet<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(edge)) {
            files = all.sorted().toList();
        }
        int sent = 0;
        for (Path file : files) {
            for (Dataset damaged : damaged(file, names)) {
                sent += send(damaged);
            }
        }
        assertThat(names).as("names and IDs").hasSizeGreaterThan(10);
        assertThat(sent).isGreaterThan(20);
        awaitOutcomes();
        assertNowhere(names);
    }

    private MrStudy study(String name) {
        return new MrStudy(folder, name + UUID.randomUUID());
    }

    private static Dataset named(Dataset dataset) {
        return dataset.put(Tag.PatientName, SURNAME + "^EVA")
                .put(Tag.PatientID, PATIENT_ID)
                .put(Tag.PatientBirthDate, BIRTH_DATE);
    }

    private MrStudy patient(String name, java.util.function.UnaryOperator<Dataset> change) throws IOException {
        try {
            return study(Uids.nameBased("test", name)).slice(dataset -> change.apply(named(dataset)));
        } catch (IllegalArgumentException e) {
            return study("empty");
        }
    }

    /** The file's header with its patient, as a new study, and with the patient where it does not belong. */
    private static List<Dataset> damaged(Path file, Set<String> names) {
        List<Dataset> damaged = new ArrayList<>();
        try {
            Dataset source = Dataset.readHeader(file);
            List<String> patient = new ArrayList<>();
            source.string(Tag.PatientName).ifPresent(patient::add);
            source.string(Tag.PatientID).ifPresent(patient::add);
            for (String value : patient) {
                Stream.of(value.split("[\\^= ]"))
                        .filter(
                                word -> word.length() > 3
                                        && !word.matches(
                                                "(?i)test|anon.*|none|name|patient|study|image|phantom|first|last|unknown|compressed|[0-9.]{1,9}"))
                        .forEach(names::add);
                for (int tag : List.of(Tag.Modality, Tag.BodyPartExamined, Tag.SeriesDescription)) {
                    Dataset copy = Dataset.readHeader(file);
                    String salt = UUID.randomUUID().toString();
                    damaged.add(copy.put(Tag.StudyInstanceUID, Uids.nameBased("study", salt))
                            .put(Tag.SeriesInstanceUID, Uids.nameBased("series", salt))
                            .put(Tag.SOPInstanceUID, Uids.nameBased("instance", salt))
                            .put(tag, value));
                }
            }
        } catch (DicomException | IllegalArgumentException e) {
            return List.of();
        }
        return damaged;
    }

    /** @return how many were answered, however */
    private int send(MrStudy study) {
        try {
            study.send(node());
            return 1;
        } catch (IOException e) {
            return 1;
        }
    }

    private int send(Dataset dataset) throws IOException {
        Path file = folder.resolve(UUID.randomUUID() + ".dcm");
        try {
            Files.write(file, dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        } catch (DicomException | RuntimeException e) {
            return 0;
        }
        try (StorageScu scu = StorageScu.open(node(), List.of(file))) {
            scu.store(file);
            return 1;
        } catch (DicomException e) {
            return 0;
        }
    }

    private RemoteNode node() {
        return new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "SENDER", Patience.STEP, Patience.STEP);
    }

    private void awaitOutcomes() {
        await().atMost(Duration.ofMinutes(3)).until(() -> {
            List<String> states =
                    given().get("/api/studies?size=1000").jsonPath().getList("state");
            return !states.isEmpty() && states.stream().noneMatch(GOING_ON::contains);
        });
        await().until(() -> log.indexOf("destination pacs") >= 0 || log.indexOf("refused") >= 0);
    }

    private void assertNowhere(Set<String> names) throws Exception {
        Map<String, String> places = Map.of(
                "the log",
                log.toString(),
                "metrics",
                given().get("/q/metrics").asString(),
                "the list of studies",
                given().get("/api/studies?size=1000").asString(),
                "events",
                events(),
                "reasons and the trail",
                rows());
        List<String> found = new ArrayList<>();
        places.forEach((place, text) -> {
            assertThat(text).as(place).isNotBlank();
            names.stream()
                    .filter(name -> word(name).matcher(text).find())
                    .forEach(name -> found.add(place + ": " + name));
        });
        assertThat(found).isEmpty();
    }

    /** Whole words: a patient called First is not in {@code firstReceivedAt}. */
    private static Pattern word(String name) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private String events() {
        StringBuilder events = new StringBuilder();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = Stream.of("rigatino.studies", "rigatino.results")
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(event ->
                                events.append(event.key()).append(event.value()).append('\n'));
            }
        }
        return events.toString();
    }

    private String rows() throws Exception {
        StringBuilder text = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(database, owner, ownerPassword);
                Statement statement = connection.createStatement()) {
            for (String query : List.of(
                    "select concat_ws(' ', refusal_rule, failed_stage, failure_cause, study_instance_uid) from study",
                    "select concat_ws(' ', outcome_reason, location, series_instance_uid) from instance",
                    "select last_error from delivery where last_error is not null",
                    "select concat_ws(' ', kind, subject, detail) from audit_event")) {
                try (ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        text.append(row.getString(1)).append('\n');
                    }
                }
            }
        }
        return text.toString();
    }
}
