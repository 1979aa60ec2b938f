package org.rigatino.hl7;

import java.util.List;
import org.rigatino.dicom.Dataset;

/** Text of a header as a field may hold it: delimiters are escaped by the encoder, control characters have no place. */
final class Text {
    private Text() {}

    /** The value; empty where there is none, or several, or none that is text of the header's own character set. */
    static String of(Dataset header, int tag) {
        List<String> values = values(header, tag);
        return header.decodes(tag) && values.size() == 1 ? of(values.get(0)) : "";
    }

    /** Those that are not empty, be they text or not. */
    static List<String> values(Dataset header, int tag) {
        return header.strings(tag).stream().filter(value -> !value.isBlank()).toList();
    }

    static String of(String value) {
        return value.replaceAll("\\p{Cc}+", " ").strip();
    }
}
