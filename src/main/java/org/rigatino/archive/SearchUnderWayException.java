package org.rigatino.archive;

import org.rigatino.refusal.Conflict;

/** One search at a time is made in an archive, and one is. */
public final class SearchUnderWayException extends Conflict {
    private static final long serialVersionUID = 1L;

    SearchUnderWayException(String source) {
        super(FetchReason.UNDER_WAY.refusal(source));
    }
}
