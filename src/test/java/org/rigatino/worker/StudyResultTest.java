package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.rigatino.persistence.AgainstNormalStudies;

/** What is published fits its schema, with and without normal studies. */
class StudyResultTest {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Path.of("docs/schemas/study-result-v1.schema.json").toUri());
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode event(AgainstNormalStudies against) {
        StudyResult result =
                new StudyResult("1.2", 1, "CONFIRMED", 5, 4, 97.25, "HIGH", null, against, against == null);
        return JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("type", "org.rigatino.study.result.v1")
                .put("source", "/rigatino")
                .put("id", "1.2/1/CONFIRMED/2026-02-03T04:05:06Z")
                .put("time", "2026-02-03T04:05:06Z")
                .put("subject", "1.2")
                .set("data", JSON.valueToTree(result));
    }

    @Test
    void normalStudiesAndJudgedAgainMayBeLeftOut() {
        JsonNode without = event(null);
        assertThat(SCHEMA.validate(without)).isEmpty();
        assertThat(without.get("data").fieldNames())
                .toIterable()
                .contains("reason")
                .doesNotContain("againstNormalStudies");
        AgainstNormalStudies known = new AgainstNormalStudies(0.05, 19, 1.25, 0.05, 2.5, null, "1.2.3", "tiny/1", "ab");
        assertThat(SCHEMA.validate(event(known))).isEmpty();
        AgainstNormalStudies wrong = new AgainstNormalStudies(0.0, 19, 1.25, 0.05, 2.5, 1.0, "1.2.3", "tiny/1", "ab");
        assertThat(SCHEMA.validate(event(wrong))).isNotEmpty();
    }
}
