package org.rigatino.hl7;

import org.rigatino.dicom.Dataset;

/** Text of a header as a field may hold it: delimiters are escaped by the encoder, control characters have no place. */
final class Text {
    private Text() {}

    /** The value; empty where there is none, or several, or none that is text of the header's own character set. */
    static String of(Dataset header, int tag) {
        return header.decodes(tag) && header.strings(tag).size() == 1
                ? of(header.strings(tag).get(0))
                : "";
    }

    static String of(String value) {
        return value.replaceAll("\\p{Cc}+", " ").strip();
    }
}
