package org.rigatino.hl7;

import org.rigatino.dicom.Dataset;

/** Text of a header as a field may hold it: delimiters are escaped by the encoder, control characters have no place. */
final class Text {
    private Text() {}

    /** The first value; empty where there is none, or none that is text of the header's own character set. */
    static String of(Dataset header, int tag) {
        return header.decodes(tag) ? of(header.string(tag).orElse("")) : "";
    }

    static String of(String value) {
        return value.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
