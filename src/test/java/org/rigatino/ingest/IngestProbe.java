package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rigatino.Patience;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;

/** Sends to the listener under test, and asks the record, the store and the broker what came of it. */
@Singleton
public class IngestProbe {
    @Inject
    IngestService service;

    @Inject
    IngestConfiguration configuration;

    @Inject
    DataSource database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    public int port() {
        return service.port();
    }

    Path store() {
        return configuration.store();
    }

    /** Bytes on disk of the largest instance that is being received, 0 where none is. */
    public long largestUnderWay() throws IOException {
        long largest = 0;
        for (Path own : InstanceStore.list(configuration.store().resolve("incoming"))) {
            for (Path part : InstanceStore.list(own)) {
                largest = Math.max(largest, part.toFile().length());
            }
        }
        return largest;
    }

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String databaseUrl;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @ConfigProperty(name = "quarkus.flyway.password")
    String ownerPassword;

    /** As the owner of the tables: the application's own role could not. */
    public void execute(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(databaseUrl, owner, ownerPassword)) {
            connection.createStatement().execute(statement);
        }
    }

    public RemoteNode node(String callingAeTitle) {
        return new RemoteNode("127.0.0.1", service.port(), "RIGATINO", callingAeTitle, Patience.STEP, Patience.STEP);
    }

    public List<StoreStatus> send(String callingAeTitle, InstanceFile... files) throws IOException {
        List<Path> paths = List.of(files).stream().map(InstanceFile::path).toList();
        List<StoreStatus> statuses = new ArrayList<>();
        try (StorageScu scu = StorageScu.open(node(callingAeTitle), paths)) {
            for (Path path : paths) {
                statuses.add(scu.store(path));
            }
        }
        return statuses;
    }

    List<Path> storedFiles(InstanceFile file) throws IOException {
        Path series = configuration.store().resolve(file.studyUid()).resolve(file.seriesUid());
        try (var files = Files.list(series)) {
            return files.toList();
        }
    }

    static String sha256(Path file) throws Exception {
        return DigestUtils.sha256Hex(Files.readAllBytes(file));
    }

    public void awaitState(String study, int revision, String state) {
        await().untilAsserted(() -> assertThat(state(study, revision)).isEqualTo(state));
    }

    public String state(String study, int revision) throws Exception {
        return text("select state from study where study_instance_uid = ? and revision = " + revision, study);
    }

    public long count(String from, String parameter) throws Exception {
        return Long.parseLong(text("select count(*) from " + from, parameter));
    }

    public String text(String query, String parameter) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    public void publish(String topic, String key, String body) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, body)).get();
        }
    }

    public List<String> published(String study) {
        List<String> bodies = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("rigatino.studies").stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(200))) {
                    if (event.key().equals(study)) {
                        bodies.add(event.value());
                    }
                }
            }
        }
        return bodies;
    }
}
