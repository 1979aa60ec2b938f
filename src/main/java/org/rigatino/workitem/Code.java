package org.rigatino.workitem;

import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.JsonDataset;

/**
 * A coded entry (PS3.3 8.8). Two are alike by value and scheme.
 *
 * @param meaning for people
 */
record Code(String value, String scheme, String meaning) {
    private static final String CODE_VALUE = "00080100";
    private static final String LONG_CODE_VALUE = "00080119";
    private static final String URN_CODE_VALUE = "00080120";
    private static final String CODING_SCHEME_DESIGNATOR = "00080102";
    private static final String CODE_MEANING = "00080104";

    /** @throws IllegalArgumentException where the text is none of VALUE^SCHEME and VALUE^SCHEME^MEANING */
    static Code parse(String text) {
        String[] parts = text.split("\\^", -1);
        boolean isCode = (parts.length == 2 || parts.length == 3)
                && parts[0].matches("[\\x21-\\x5b\\x5d-\\x7e]([\\x20-\\x5b\\x5d-\\x7e]{0,15})")
                && parts[1].matches("[\\x21-\\x5b\\x5d-\\x7e]{1,16}")
                && (parts.length == 2 || !parts[2].isBlank() && parts[2].length() <= 64);
        if (!isCode) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no code: VALUE^SCHEME, or VALUE^SCHEME^MEANING, of 16 characters each, the meaning of 64");
        }
        return new Code(parts[0].strip(), parts[1], parts.length == 3 ? parts[2] : parts[0]);
    }

    /** @throws DicomException where the item is none that can be compared */
    static Code of(JsonDataset item) throws DicomException {
        String value = null;
        for (String tag : List.of(CODE_VALUE, LONG_CODE_VALUE, URN_CODE_VALUE)) {
            Optional<String> text = item.text(tag);
            value = value == null ? text.orElse(null) : value;
        }
        if (value == null) {
            throw new DicomException("a code of it has no value");
        }
        return new Code(
                value,
                item.text(CODING_SCHEME_DESIGNATOR).orElse(""),
                item.text(CODE_MEANING).orElse(""));
    }

    JsonDataset item() {
        return JsonDataset.empty()
                .with(CODE_VALUE, "SH", value)
                .with(CODING_SCHEME_DESIGNATOR, "SH", scheme)
                .with(CODE_MEANING, "LO", meaning);
    }

    boolean is(Code other) {
        return value.equals(other.value) && scheme.equals(other.scheme);
    }
}
