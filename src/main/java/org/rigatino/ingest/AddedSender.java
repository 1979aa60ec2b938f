package org.rigatino.ingest;

import java.time.Instant;

/** One more that may send, as an administrator added it: a Calling AE Title, or the address of a machine. */
public record AddedSender(Kind kind, String value, String addedBy, Instant addedAt) {
    /** Which of the listener's two lists it is one more of. */
    public enum Kind {
        AE_TITLE,
        ADDRESS
    }
}
