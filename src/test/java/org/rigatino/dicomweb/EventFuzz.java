package org.rigatino.dicomweb;

import java.nio.charset.StandardCharsets;

/** Fuzz target: the body of an event of another producer. Only {@link IllegalArgumentException} may come of it. */
public final class EventFuzz {
    private EventFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            StudyAvailable.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refused) {
            // What is no event is dead-lettered with a reason.
        }
    }
}
