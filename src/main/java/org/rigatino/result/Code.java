package org.rigatino.result;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/** An item of a code sequence (PS3.3 8.8). */
record Code(String value, String scheme, String meaning) {
    /** Of Rigatino's own codes. */
    static final String PRIVATE_SCHEME = "99RIGATINO";

    static Code dcm(String value, String meaning) {
        return new Code(value, "DCM", meaning);
    }

    /** SNOMED CT. */
    static Code sct(String value, String meaning) {
        return new Code(value, "SCT", meaning);
    }

    static Code ucum(String value, String meaning) {
        return new Code(value, "UCUM", meaning);
    }

    static Code own(String value, String meaning) {
        return new Code(value, PRIVATE_SCHEME, meaning);
    }

    Dataset item() {
        return new Dataset()
                .put(Tag.CodeValue, value)
                .put(Tag.CodingSchemeDesignator, scheme)
                .put(Tag.CodeMeaning, meaning);
    }
}
