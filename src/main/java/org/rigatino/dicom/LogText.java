package org.rigatino.dicom;

/** Text from a peer, made fit for one line of a log. */
final class LogText {
    private LogText() {}

    static String of(String text) {
        return "\"" + text.replaceAll("[^\\x20-\\x7e]", "?") + "\"";
    }
}
