package org.rigatino.dicomweb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.rigatino.dicom.Uids;

/**
 * Another producer's event: a study is whole at a DICOMweb source. Value of {@code rigatino.studies.external}, a
 * CloudEvent 1.0 in structured JSON.
 *
 * @param eventSource and {@code eventId} together are the event's identity: the same again is the same event
 * @param source name of the source, or null where {@code url} says it
 * @param url of the study at the source (WADO-RS), or null
 */
record StudyAvailable(String eventSource, String eventId, String studyInstanceUid, String source, URI url) {
    static final String TYPE = "org.rigatino.study.available";
    static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_TEXT = 1024;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxStringLength(MAX_LENGTH)
                            .maxNumberLength(50)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws IllegalArgumentException where it is none; the message names the field, and nothing that is in it */
    static StudyAvailable parse(String body) {
        if (body == null || body.length() > MAX_LENGTH || body.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) {
            throw new IllegalArgumentException("the event is empty or longer than " + MAX_LENGTH + " bytes");
        }
        JsonNode event = read(body);
        if (!text(event, "specversion", true).equals("1.0")
                || !text(event, "type", true).equals(TYPE)) {
            throw new IllegalArgumentException("the event is not a CloudEvent 1.0 of type " + TYPE);
        }
        JsonNode data = event.path("data");
        String study = text(data, "studyInstanceUid", true);
        if (!Uids.isValid(study)) {
            throw new IllegalArgumentException("data.studyInstanceUid is not a UID (PS3.5 9.1)");
        }
        String source = text(data, "source", false);
        URI url = url(text(data, "url", false));
        if ((source == null) == (url == null)) {
            throw new IllegalArgumentException("data has to hold one of source and url");
        }
        return new StudyAvailable(text(event, "source", true), text(event, "id", true), study, source, url);
    }

    private static JsonNode read(String body) {
        try {
            JsonNode event = JSON.readTree(body);
            if (event == null || !event.isObject() || !event.path("data").isObject()) {
                throw new IllegalArgumentException("the event is not a JSON object with data");
            }
            return event;
        } catch (IOException e) {
            throw new IllegalArgumentException("the event is not JSON");
        }
    }

    private static String text(JsonNode node, String field, boolean required) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() && !required) {
            return null;
        }
        if (!value.isTextual()
                || value.textValue().isEmpty()
                || value.textValue().length() > MAX_TEXT
                || value.textValue().chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "the field " + field + " is not a text of 1 to " + MAX_TEXT + " characters");
        }
        return value.textValue();
    }

    private static URI url(String text) {
        try {
            return text == null ? null : URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("data.url is not a URL");
        }
    }
}
