package org.rigatino.hl7;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.rigatino.notify.RejectedException;
import org.rigatino.persistence.AgainstNormalStudies;

/**
 * An event of {@code rigatino.results}, see docs/schemas.
 *
 * @param percentile 0 to 100, null where nothing was restored
 * @param priority HIGH, MEDIUM, LOW; null where nothing was restored
 * @param reason refusal rule or failed stage; null for other outcomes
 * @param againstNormalStudies null where the release that judged has no normal studies
 * @param at when the outcome was reached
 */
record StudyEvent(
        String studyInstanceUid,
        int revision,
        Outcome outcome,
        int imagesSeen,
        int imagesRestored,
        Double percentile,
        String priority,
        String reason,
        OffsetDateTime at,
        AgainstNormalStudies againstNormalStudies) {
    /** Passes over what a later version adds. */
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** @throws RejectedException where it is no such event */
    static StudyEvent read(byte[] cloudEvent) throws RejectedException {
        try {
            JsonNode event = JSON.readTree(cloudEvent);
            JsonNode data = event.required("data");
            return new StudyEvent(
                    data.required("studyInstanceUid").asText(),
                    data.required("revision").asInt(),
                    Outcome.valueOf(data.required("outcome").asText()),
                    data.required("imagesSeen").asInt(),
                    data.required("imagesRestored").asInt(),
                    data.required("percentile").isNull()
                            ? null
                            : data.required("percentile").asDouble(),
                    data.required("priority").textValue(),
                    data.required("reason").textValue(),
                    OffsetDateTime.parse(event.required("time").asText()),
                    JSON.treeToValue(data.get("againstNormalStudies"), AgainstNormalStudies.class));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new RejectedException("the event is not one of docs/schemas/study-result-v1.schema.json");
        }
    }
}
