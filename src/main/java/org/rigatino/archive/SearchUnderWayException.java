package org.rigatino.archive;

/** One search at a time is made in an archive, and one is. */
public class SearchUnderWayException extends IllegalStateException {
    SearchUnderWayException(String source) {
        super("a search in " + source + " is under way: wait for its outcome");
    }
}
