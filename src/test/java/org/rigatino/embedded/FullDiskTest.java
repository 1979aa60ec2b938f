package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.SmallDisk;

/** Real broker and database on a disk that is really full: they end, this process does not. */
@Slow
class FullDiskTest {
    private static final String TOPIC = "rigatino.studies";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration LONG = Patience.PROCESS;
    private static final int MEGABYTES = 400;

    @TempDir
    Path folder;

    @Test
    void whatEndsOnAFullDiskIsStartedAgainOnceThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), MEGABYTES);
                EmbeddedParts parts = StartedParts.under(disk.folder(), List.of(TOPIC))) {
            write(parts.settings());
            disk.fill();
            exhaustTheWriteAheadLog(disk.folder(), parts.settings());
            // Long enough for all of the broker to have failed; and a server that ends leaves room to the other.
            await().atMost(LONG).during(Duration.ofSeconds(10)).until(() -> {
                disk.fill();
                return Upkeep.down().equals(Set.of("Kafka", "PostgreSQL"));
            });
            assertThat(new EmbeddedReadiness().call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);

            disk.empty();
            await().atMost(LONG).untilAsserted(() -> assertThat(Upkeep.down()).isEmpty());
            assertThat(new EmbeddedReadiness().call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
            assertThat(events(parts.settings())).isEqualTo(1);
            write(parts.settings());
            assertThat(events(parts.settings())).isEqualTo(2);
            assertThat(rows(parts.settings())).isEqualTo(2);
        }
    }

    @Test
    void aStartWithoutRoomIsRefusedInOneLine() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), 60)) {
            assertThatThrownBy(() -> StartedParts.under(disk.folder(), List.of(TOPIC)))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("\\d+ MB are free in .* and broker need 64 MB to start: make room");
            assertThat(disk.folder().resolve("postgres.unfinished")).doesNotExist();
        }
    }

    /** Whose logs they are was in the file: formatted anew the broker would not know them. */
    @Test
    void aBrokerWhoseLogsLackTheirPropertiesIsRefused() throws Exception {
        Path logs = folder.resolve("kafka");
        EmbeddedKafka.start(logs, 0, List.of(TOPIC)).close();
        Path away = Files.move(logs.resolve("meta.properties"), folder.resolve("meta.properties"));
        assertThatThrownBy(() -> EmbeddedKafka.start(logs, 0, List.of(TOPIC)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds Kafka's logs and no meta.properties");
        Files.move(away, logs.resolve("meta.properties"));
        EmbeddedKafka.start(logs, 0, List.of(TOPIC)).close();
    }

    /** A server that has room for rows within its log, and none for the log, ends as a whole. */
    private static void exhaustTheWriteAheadLog(Path data, Map<String, String> settings) throws IOException {
        String password = PostgresCredentials.read(data.resolve("postgres")).superuser();
        try (Connection superuser = DriverManager.getConnection(
                        settings.get(EmbeddedParts.DATABASE_URL), PostgresCredentials.SUPERUSER, password);
                Statement statement = superuser.createStatement()) {
            for (int segment = 0; segment < 100; segment++) {
                statement.execute("select pg_logical_emit_message(false, 'test', 'full'), pg_switch_wal()");
            }
            throw new AssertionError("the log has room for ever");
        } catch (SQLException e) {
            // The server has ended.
        }
    }

    private static void write(Map<String, String> settings) throws Exception {
        try (Connection owner = owner(settings);
                Statement statement = owner.createStatement()) {
            statement.execute("create table if not exists word (text text); insert into word values ('kept')");
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.get(EmbeddedParts.KAFKA)),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, PARTITION.partition(), null, "kept"))
                    .get();
        }
    }

    private static Connection owner(Map<String, String> settings) throws SQLException {
        return DriverManager.getConnection(
                settings.get(EmbeddedParts.DATABASE_URL),
                settings.get("quarkus.flyway.username"),
                settings.get("quarkus.flyway.password"));
    }

    private static long rows(Map<String, String> settings) throws SQLException {
        try (Connection owner = owner(settings);
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from word")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long events(Map<String, String> settings) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.get(EmbeddedParts.KAFKA)),
                new StringDeserializer(),
                new StringDeserializer())) {
            return consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
        }
    }
}
