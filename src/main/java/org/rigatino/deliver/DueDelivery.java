package org.rigatino.deliver;

import java.nio.file.Path;
import org.rigatino.dicom.SopReference;

/** What a destination's worker needs to know of one row. */
record DueDelivery(
        long id,
        String studyInstanceUid,
        String seriesInstanceUid,
        SopReference reference,
        Path file,
        String sha256,
        int commitmentRequests) {}
