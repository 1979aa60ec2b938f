package org.rigatino.dicom;

/** Application Entity Titles: VR AE (PS3.5 table 6.2-1), 1 to 16 characters, no backslash and no control character. */
public final class AeTitle {
    private AeTitle() {}

    public static boolean isValid(String title) {
        return title != null
                && !title.isBlank()
                && title.equals(title.strip())
                && title.length() <= 16
                && title.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '\\');
    }

    static void check(String title) {
        if (!isValid(title)) {
            throw new IllegalArgumentException(
                    "\"" + title + "\" is not an AE title: 1 to 16 printable ASCII characters without backslash");
        }
    }
}
