package org.rigatino.report;

import java.time.Instant;

/**
 * A report of a study, as radiologists are shown it.
 *
 * @param reportedAt when it came to stand as it is
 * @param sentBy MSH-3 of its message, and MSH-4 where there is one
 * @param content null where the sender took it back
 */
public record ReportView(
        long id,
        ReportStatus status,
        String accessionNumber,
        Instant reportedAt,
        Instant receivedAt,
        String sentBy,
        String content) {}
