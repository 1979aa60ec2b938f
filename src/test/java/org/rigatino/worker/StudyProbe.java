package org.rigatino.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rigatino.Patience;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.ingest.IngestConfiguration;

/** Sends studies to the process under test, and asks REST, the topics and the record what came of them. */
@Singleton
class StudyProbe {
    static final Duration LONG = Patience.STEP;

    private static final JsonSchema RESULT = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Path.of("docs/schemas/study-result-v1.schema.json").toUri());

    @Inject
    IngestConfiguration ingest;

    @Inject
    DataSource database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    void send(MrStudy study) throws IOException {
        study.send(new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Patience.STEP, Patience.STEP));
    }

    JsonPath awaitState(MrStudy study, String state) {
        await().pollInterval(Duration.ofMillis(250)).atMost(LONG).untilAsserted(() -> assertThat(
                        given().get("/api/studies/" + study.uid()).asString())
                .contains("\"state\":\"" + state + "\",\"refusalRule\""));
        return show(study);
    }

    /** Whatever the outcome. */
    JsonPath awaitEnd(MrStudy study) {
        await().pollInterval(Duration.ofMillis(250)).atMost(LONG).until(() -> {
            var shown = given().get("/api/studies/" + study.uid());
            return shown.statusCode() == 200 && shown.jsonPath().get("[0].study.endedAt") != null;
        });
        return show(study);
    }

    JsonPath show(MrStudy study) {
        return given().get("/api/studies/" + study.uid())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The study's part of the audit trail. */
    String audit(MrStudy study) {
        return given().get("/api/studies/" + study.uid() + "/audit").asString();
    }

    void replay(MrStudy study) {
        given().post("/api/studies/" + study.uid() + "/replay").then().statusCode(200);
    }

    void awaitResult(MrStudy study, String outcome) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("rigatino.results").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(event -> {
                    if (study.uid().equals(event.key())) {
                        values.add(event.value());
                    }
                });
                return values.stream().anyMatch(value -> value.contains("\"outcome\":\"" + outcome + "\""));
            });
        }
        values.forEach(value ->
                assertThat(RESULT.validate(value, InputFormat.JSON)).as(value).isEmpty());
        assertThat(values).noneMatch(value -> value.contains("TEST^"));
    }

    /** @param sql with one parameter, the Study Instance UID */
    void update(String sql, MrStudy study) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, study.uid());
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
