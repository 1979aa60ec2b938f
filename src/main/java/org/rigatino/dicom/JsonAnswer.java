package org.rigatino.dicom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An answer to QIDO-RS, of the DICOM JSON Model (PS3.18 annex F), as the dataset that C-FIND would answer with. */
final class JsonAnswer {
    private static final String UTF_8 = "ISO_IR 192";

    private JsonAnswer() {}

    /**
     * These attributes, as far as the answer has them: the values that their bytes would have, held against their VR.
     *
     * @throws DicomException where one of them cannot be read
     */
    static Dataset dataset(JsonNode answer, int... tags) throws DicomException {
        if (!answer.isObject()) {
            throw new DicomException("it answers with something that is no dataset");
        }
        Dataset dataset = new Dataset().put(Tag.SpecificCharacterSet, UTF_8);
        for (int tag : tags) {
            JsonNode attribute = answer.path(String.format("%08X", tag));
            if (!attribute.isMissingNode()) {
                put(dataset, tag, attribute);
            }
        }
        return dataset.asRead();
    }

    private static void put(Dataset dataset, int tag, JsonNode attribute) throws DicomException {
        JsonNode values = attribute.path("Value");
        if (!attribute.isObject()
                || attribute.has("BulkDataURI")
                || attribute.has("InlineBinary")
                || !values.isMissingNode() && !values.isArray()) {
            throw unreadable(tag);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            texts.add(text(tag, value));
        }
        if (ValueRepresentation.isText(ValueRepresentation.ofDictionary(tag, false))) {
            dataset.putUtf8(tag, String.join("\\", texts));
        } else {
            dataset.put(tag, texts.toArray(String[]::new));
        }
    }

    /** A value that is absent is null there; a name is an object of its component groups (PS3.18 F.2.2). */
    private static String text(int tag, JsonNode value) throws DicomException {
        if (value.isNull()) {
            return "";
        }
        if (value.isTextual() || value.isIntegralNumber()) {
            return value.asText();
        }
        if (!value.isObject()
                || !Stream.of("Alphabetic", "Ideographic", "Phonetic")
                        .map(value::path)
                        .allMatch(group -> group.isTextual() || group.isMissingNode() || group.isNull())) {
            throw unreadable(tag);
        }
        String groups = String.join(
                "=",
                value.path("Alphabetic").asText(""),
                value.path("Ideographic").asText(""),
                value.path("Phonetic").asText(""));
        return groups.replaceFirst("=+$", "");
    }

    private static DicomException unreadable(int tag) {
        return new DicomException("it answers with an attribute " + Tag.text(tag) + " that cannot be read");
    }
}
