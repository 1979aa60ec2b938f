package org.rigatino.deliver.dicomweb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The DICOM JSON Model (PS3.18 annex F) as far as answers are read. */
final class DicomJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The message ends a sentence about the body, and quotes nothing of it. */
    static final class UnreadableException extends Exception {
        UnreadableException(String message) {
            super(message);
        }
    }

    private DicomJson() {}

    static JsonNode parse(Answer answer) throws UnreadableException {
        if (!answer.isWhole()) {
            throw new UnreadableException("is longer than " + BoundedBody.MOST_BYTES + " bytes");
        }
        if (answer.body().length == 0) {
            throw new UnreadableException("is empty");
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UnreadableException("is not DICOM JSON");
        } catch (IOException e) {
            throw new UnreadableException("cannot be read");
        }
    }

    /** First value of an attribute; null where there is none that is text. */
    static String text(JsonNode dataset, String tag) {
        JsonNode value = dataset.path(tag).path("Value").path(0);
        return value.isTextual() ? value.textValue().strip() : null;
    }
}
