package org.rigatino.report;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A report of a study, as radiologists are shown it.
 *
 * @param reportedAt when it came to stand as it is
 * @param patientName whom the message names, as VR PN; null where it does not say, and so of birth date and sex
 * @param interpreter who reported, as VR PN; null where the message does not say
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
        @Schema(description = "Whom the message names (PID-5), as VR PN") String patientName,
        @Schema(description = "PID-7, as much of a date as it says: YYYYMMDD") String patientBirthDate,
        @Schema(description = "PID-8, as VR CS") String patientSex,
        @Schema(description = "Who reported (OBR-32, else OBX-16), as VR PN") String interpreter,
        String content,
        @Schema(description = "Measurements, documents and notes of the message that are not in the content")
                int partsNotShown) {}
