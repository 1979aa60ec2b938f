package org.rigatino.hl7;

import org.rigatino.dicom.Dataset;

/** Text of a header as a field may hold it: delimiters are escaped by the encoder, control characters have no place. */
final class Text {
    private Text() {}

    /** The first value; empty where there is none. */
    static String of(Dataset header, int tag) {
        return header.string(tag).orElse("").replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
