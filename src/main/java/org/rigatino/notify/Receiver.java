package org.rigatino.notify;

import java.io.IOException;
import org.rigatino.audit.EventKind;

/** Who is told of events, one at a time, on the thread of its {@link Feed}. */
public interface Receiver {
    /** What it is, in lower case: part of its consumer group and its metric. */
    String kind();

    /** Of the site's choice. It stands for its place among the events too: another name begins anew. */
    String name();

    Patience patience();

    /** Of the trail, for an event that it never took. */
    EventKind givenUp();

    /** How often it may reject an event before that is given up. */
    default int rejections() {
        return 1;
    }

    /**
     * Returns once the event was taken.
     *
     * @param id of the CloudEvent: the same for each repetition
     * @param event a CloudEvent in structured mode
     * @throws RejectedException where it is of no use to repeat it for long
     * @throws RetryLaterException where the receiver says when to repeat it
     * @throws IOException where it was not taken, for any other reason; no patient data in the message
     */
    void take(String id, byte[] event) throws IOException, InterruptedException;
}
