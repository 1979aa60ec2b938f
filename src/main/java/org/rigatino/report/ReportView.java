package org.rigatino.report;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A report of a study, as radiologists are shown it.
 *
 * @param reportedAt when it came to stand as it is
 * @param sentBy MSH-3 of its message, and MSH-4 where there is one
 * @param content null where the sender took it back
 * @param partsNotShown measurements, documents, notes and the like of the message that are not in the content
 */
public record ReportView(
        long id,
        ReportStatus status,
        String accessionNumber,
        Instant reportedAt,
        Instant receivedAt,
        String sentBy,
        String content,
        @Schema(description = "Measurements, documents and notes of the message that are not in the content")
                int partsNotShown) {}
