package org.rigatino.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.TestJvm;

class EmbeddedPartsIT {
    private static final String TOPIC = "rigatino.studies";

    @TempDir
    Path data;

    @Test
    void dataSurvivesARestart() throws Exception {
        try (EmbeddedParts parts = start()) {
            write(parts.settings(), "first");
        }
        try (EmbeddedParts parts = start()) {
            assertThat(rows(parts.settings())).containsExactly("first");
            assertThat(events(parts.settings(), 1)).containsExactly("first");
        }
    }

    @Test
    void dataSurvivesTheKillOfTheProcess() throws Exception {
        List<String> command = TestJvm.of(Victim.class);
        command.add(data.toString());
        Process victim = new ProcessBuilder(command)
                .redirectError(data.resolve("victim.log").toFile())
                .start();
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines()).contains(Victim.WRITTEN);
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        ProcessHandle orphan = postmaster();
        assertThat(orphan.isAlive())
                .as("the killed process leaves its server behind")
                .isTrue();
        assertThat(orphan.info().user()).isPresent().get().isNotEqualTo("root");

        try (EmbeddedParts parts = start()) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(rows(parts.settings())).containsExactly("before the kill");
            assertThat(events(parts.settings(), 1)).containsExactly("before the kill");
        }
    }

    @Test
    void directoryInUseIsRefused() throws Exception {
        try (EmbeddedParts parts = start()) {
            assertThat(parts.settings()).isNotEmpty();
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another rigatino");
        }
    }

    @Test
    void committedRowsSurviveAPowerCut() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.resolve("postgres"), 0);
                Connection connection = PostgresSchema.connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show fsync")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("on");
        }
    }

    /** Holds both parts with something in them until it is killed. */
    public static final class Victim {
        static final String WRITTEN = "written";

        public static void main(String[] args) throws Exception {
            EmbeddedParts parts = start(Path.of(args[0]));
            write(parts.settings(), "before the kill");
            System.out.println(WRITTEN);
            Runtime.getRuntime().halt(137);
        }
    }

    private EmbeddedParts start() throws IOException {
        return start(data);
    }

    private static EmbeddedParts start(Path data) throws IOException {
        return StartedParts.under(data, List.of(TOPIC));
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void write(Map<String, String> settings, String text) throws Exception {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute("create table word (text text)");
            statement.execute("insert into word values ('" + text + "')");
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.get(EmbeddedParts.KAFKA)),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, null, text)).get();
        }
    }

    private static List<String> rows(Map<String, String> settings) throws SQLException {
        List<String> words = new ArrayList<>();
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select text from word")) {
            while (rows.next()) {
                words.add(rows.getString(1));
            }
        }
        return words;
    }

    private static Connection connect(Map<String, String> settings) throws SQLException {
        return DriverManager.getConnection(
                settings.get(EmbeddedParts.DATABASE_URL),
                settings.get("quarkus.flyway.username"),
                settings.get("quarkus.flyway.password"));
    }

    private static List<String> events(Map<String, String> settings, int wanted) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.get(EmbeddedParts.KAFKA)),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + Patience.STEP.toNanos();
            while (values.size() < wanted && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(event -> values.add(event.value()));
            }
        }
        return values;
    }
}
