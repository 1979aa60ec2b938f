package org.rigatino.dicom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A dataset of the DICOM JSON Model (PS3.18 annex F). What cannot be read is never taken for absent. Not changed once made.
 * Tags are written as there, in eight hexadecimal digits.
 */
public final class JsonDataset {
    private static final String UTF_8 = "ISO_IR 192";

    private final ObjectNode node;

    private JsonDataset(ObjectNode node) {
        this.node = node;
    }

    /** @param said who said it, as "it answers" @throws DicomException where it is none */
    public static JsonDataset of(String said, JsonNode node) throws DicomException {
        if (!(node instanceof ObjectNode object)) {
            throw new DicomException(said + " with something that is no dataset");
        }
        return new JsonDataset(object);
    }

    public static JsonDataset empty() {
        return new JsonDataset(JsonNodeFactory.instance.objectNode());
    }

    /** The same with one attribute more; without values it is empty. */
    public JsonDataset with(String tag, String vr, String... values) {
        ObjectNode attribute = JsonNodeFactory.instance.objectNode().put("vr", vr);
        if (values.length > 0) {
            Arrays.stream(values).forEach(attribute.putArray("Value")::add);
        }
        return with(tag, attribute);
    }

    /** The same with a sequence more. */
    public JsonDataset with(String tag, Collection<JsonDataset> items) {
        ObjectNode attribute = JsonNodeFactory.instance.objectNode().put("vr", "SQ");
        if (!items.isEmpty()) {
            items.forEach(item -> attribute.withArray("Value").add(item.node));
        }
        return with(tag, attribute);
    }

    /** The same with these attributes alone, as far as it has them. */
    public JsonDataset only(Collection<String> tags) {
        return new JsonDataset(node.deepCopy().retain(tags));
    }

    private JsonDataset with(String tag, ObjectNode attribute) {
        ObjectNode more = node.deepCopy();
        more.set(tag, attribute);
        return new JsonDataset(more);
    }

    /** The only value of an attribute; empty where there is none. @throws DicomException where it is no text, or not alone */
    public Optional<String> text(String tag) throws DicomException {
        List<String> values = texts(tag);
        if (values.size() > 1) {
            throw unreadable(tag);
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Values that are not empty. @throws DicomException where one is no text */
    public List<String> texts(String tag) throws DicomException {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values(tag)) {
            if (!value.isTextual() && !value.isNull()) {
                throw unreadable(tag);
            }
            if (value.isTextual() && !value.textValue().isBlank()) {
                texts.add(value.textValue().strip());
            }
        }
        return texts;
    }

    /** Items of a sequence. @throws DicomException where one is none */
    public List<JsonDataset> items(String tag) throws DicomException {
        List<JsonDataset> items = new ArrayList<>();
        for (JsonNode value : values(tag)) {
            if (!(value instanceof ObjectNode item)) {
                throw unreadable(tag);
            }
            items.add(new JsonDataset(item));
        }
        return items;
    }

    /**
     * These attributes, as far as it has them, as C-FIND would answer with them: the values that their bytes would have, held
     * against their VR.
     *
     * @throws DicomException where one of them cannot be read
     */
    Dataset dataset(int... tags) throws DicomException {
        Dataset dataset = new Dataset().put(Tag.SpecificCharacterSet, UTF_8);
        for (int tag : tags) {
            String name = String.format("%08X", tag);
            if (node.has(name)) {
                put(dataset, tag, name);
            }
        }
        return DatasetEncoding.asRead(dataset);
    }

    private void put(Dataset dataset, int tag, String name) throws DicomException {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values(name)) {
            texts.add(encoded(name, value));
        }
        if (ValueRepresentation.isText(ValueRepresentation.ofDictionary(tag, false))) {
            dataset.putUtf8(tag, String.join("\\", texts));
        } else {
            dataset.put(tag, texts.toArray(String[]::new));
        }
    }

    /** A value that is absent is null there; a name is an object of its component groups (PS3.18 F.2.2). */
    private static String encoded(String tag, JsonNode value) throws DicomException {
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

    private Iterable<JsonNode> values(String tag) throws DicomException {
        JsonNode attribute = node.path(tag);
        JsonNode values = attribute.path("Value");
        boolean isReadable = attribute.isMissingNode()
                || attribute.isObject()
                        && !attribute.has("BulkDataURI")
                        && !attribute.has("InlineBinary")
                        && (values.isMissingNode() || values.isArray());
        if (!isReadable) {
            throw unreadable(tag);
        }
        return values;
    }

    private static DicomException unreadable(String tag) {
        return new DicomException(
                "its attribute (" + tag.substring(0, 4) + "," + tag.substring(4) + ") cannot be read");
    }

    /** By attributes and values, in whatever order the attributes came. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonDataset dataset && node.equals(dataset.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** JSON. */
    @Override
    public String toString() {
        return node.toString();
    }
}
